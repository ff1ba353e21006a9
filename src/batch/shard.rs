//! A part of a table for one of several machines.
//!
//! `run` leaves out the rows of others; names are told apart over the whole table first.

use std::str::FromStr;

/// Every n-th row of a table, from the k-th on: the part of one of n workers.
///
/// ```
/// use itog::batch::Shard;
/// let shard: Shard = "2/3".parse().unwrap();
/// assert!(shard.has(1) && shard.has(4) && !shard.has(2));
/// assert!("0/3".parse::<Shard>().is_err() && "4/3".parse::<Shard>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// The `number`-th of `of` shards, counted from 1.
    pub fn new(number: u64, of: u64) -> Option<Self> {
        (1..=of).contains(&number).then_some(Self { number, of })
    }

    /// Which shard it is, from 1.
    pub fn number(self) -> u64 {
        self.number
    }

    /// How many shards there are.
    pub fn of(self) -> u64 {
        self.of
    }

    /// Whether it has the row at this place, counted from 0 and over all that the table gives,
    /// faulty rows and those left out among them.
    pub fn has(self, at: u64) -> bool {
        at % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        parts
            .and_then(|(number, of)| {
                Self::new(number.trim().parse().ok()?, of.trim().parse().ok()?)
            })
            .ok_or_else(|| "a shard is K/N, such as 3/16, and K is 1 to N".to_owned())
    }
}
