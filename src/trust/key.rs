//! Keys as they are kept in files: one line each.
//!
//! Nothing else in the library reads or writes a secret.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::base64;

const SECRET: &str = "itog-secret-key-1:";
const PUBLIC: &str = "itog-public-key-1:";

/// Why a text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It does not begin as a key of its sort does.
    #[error("this is not a {0} key: it does not begin with `{1}`")]
    Kind(&'static str, &'static str),
    /// What follows is not 32 bytes in Base64, or no point of the curve.
    #[error("the key is damaged")]
    Damaged,
}

/// A secret key: who has it can sign.
///
/// ```
/// use itog::trust::SecretKey;
/// // 32 bytes of the system's randomness; here any will do.
/// let key = SecretKey::from_seed([7; 32]);
/// let kept = key.secret_line();
/// assert_eq!(SecretKey::parse(&kept)?.public(), key.public());
/// # Ok::<(), itog::trust::KeyError>(())
/// ```
#[derive(Clone)]
pub struct SecretKey(SigningKey);

/// Never shown.
impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretKey")
            .field("public", &self.public().to_string())
            .finish_non_exhaustive()
    }
}

impl SecretKey {
    /// The key of 32 random bytes, which the caller takes from the system.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Reads the line that [`SecretKey::secret_line`] writes.
    ///
    /// # Errors
    /// It is not such a line.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Ok(Self::from_seed(bytes(text, "secret", SECRET)?))
    }

    /// The key as a line for a file that stays with its owner.
    #[must_use]
    pub fn secret_line(&self) -> String {
        format!("{SECRET}{}", base64::encode(&self.0.to_bytes()))
    }

    /// The key by which others verify.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

/// A public key: who has it can verify. Written as one line.
///
/// ```
/// use itog::trust::{PublicKey, SecretKey};
/// let key = SecretKey::from_seed([7; 32]).public();
/// assert_eq!(PublicKey::parse(&key.to_string())?, key);
/// # Ok::<(), itog::trust::KeyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{PUBLIC}{}", base64::encode(self.0.as_bytes()))
    }
}

impl PublicKey {
    /// Reads the line that it is written as.
    ///
    /// # Errors
    /// It is not such a line.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let bytes = bytes(text, "public", PUBLIC)?;
        // Not all 32 bytes are a point of the curve (RFC 8032, 5.1.3): a slip in copying may show
        // here.
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| KeyError::Damaged)
    }

    /// Strictly, so that a signature has one form only (RFC 8032, 5.1.7).
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            // Strict: keys of small order, for which one signature fits many messages, are
            // refused.
            .is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}

fn bytes(text: &str, kind: &'static str, prefix: &'static str) -> Result<[u8; 32], KeyError> {
    let rest = text.trim().strip_prefix(prefix).ok_or(KeyError::Kind(kind, prefix))?;
    let bytes = base64::decode(rest).ok_or(KeyError::Damaged)?;
    bytes.try_into().map_err(|_| KeyError::Damaged)
}
