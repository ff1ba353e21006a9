//! What the parts being written refer to: relationships by part, and the files of pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::docx::package::ExtraPart;
use crate::docx::package::relations::{Relation, RelationId};
use crate::docx::package::zip::PartBytes;
use crate::image::{Image, ImageData, ImageStore};

/// A part being written. Whoever writes holds the handle, so that what a picture in a header is
/// referred to by lands with the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartId(usize);

impl PartId {
    pub(crate) const DOCUMENT: Self = Self(0);
    pub(crate) const FOOTNOTES: Self = Self(1);
}

/// Vector pictures are drawn with this many dots an inch.
const DPI: f64 = 300.0;

/// The relationships of all parts, and the files of pictures.
#[derive(Debug)]
pub(crate) struct RelationRegistry {
    of_parts: Vec<Vec<Relation>>,
    /// The paths of pictures in the package, by what they show.
    pictures: BTreeMap<String, String>,
    files: Vec<ExtraPart>,
}

/// What a picture is referred to by: its pixels and, if there is one, its SVG.
#[derive(Debug, Default)]
pub(crate) struct PictureIds {
    pub(crate) raster: Option<RelationId>,
    pub(crate) svg: Option<RelationId>,
}

impl Default for RelationRegistry {
    fn default() -> Self {
        // The document and the notes are always there.
        Self { of_parts: vec![Vec::new(); 2], pictures: BTreeMap::new(), files: Vec::new() }
    }
}

impl RelationRegistry {
    /// A further part: a header or a footer.
    pub(crate) fn open(&mut self) -> PartId {
        self.of_parts.push(Vec::new());
        PartId(self.of_parts.len() - 1)
    }

    /// All relationships of a part, which is finished.
    pub(crate) fn take(&mut self, part: PartId) -> Vec<Relation> {
        std::mem::take(&mut self.of_parts[part.0])
    }

    /// The id of a relationship from a part to another one in the package.
    pub(crate) fn intern(&mut self, part: PartId, kind: &str, target: &str) -> RelationId {
        self.put(part, |id| Relation::own(id, kind, target))
    }

    /// The id of a relationship to an address outside of the package.
    pub(crate) fn intern_link(&mut self, part: PartId, address: &str) -> RelationId {
        self.put(part, |id| Relation { external: true, ..Relation::own(id, "hyperlink", address) })
    }

    fn put(&mut self, part: PartId, make: impl FnOnce(RelationId) -> Relation) -> RelationId {
        let all = &mut self.of_parts[part.0];
        // An id is one of its part only, so each part counts from 1 (ECMA-376 Part 2, 9.3).
        let wanted = make(RelationId::Number(all.len() + 1));
        let same = |known: &&Relation| known.kind == wanted.kind && known.target == wanted.target;
        match all.iter().find(same) {
            Some(known) => known.id,
            None => {
                all.push(wanted);
                RelationId::Number(all.len())
            }
        }
    }

    /// The ids of a picture, as wide as it is on paper in points. Each file is in the package once.
    pub(crate) fn intern_picture(
        &mut self,
        part: PartId,
        images: &ImageStore,
        image: &Arc<Image>,
        width: f64,
    ) -> Result<PictureIds, Diagnostic> {
        let name = image.name.to_string();
        let path = match self.pictures.get(&name) {
            Some(path) => path.clone(),
            None => {
                let (bytes, ending) = match &image.data {
                    ImageData::Jpeg { bytes, .. } => (Arc::clone(bytes), "jpeg"),
                    ImageData::Png { bytes, .. } => (Arc::clone(bytes), "png"),
                    // Dots for the size on paper, whatever the natural size is.
                    ImageData::Vector { .. } => {
                        (images.raster(image, DPI * (width / image.width.max(0.01)))?, "png")
                    }
                };
                self.add_picture(name.clone(), bytes, ending)
            }
        };
        let raster = Some(self.intern(part, "image", &path));
        let Some(text) = images.plain_svg(image) else {
            return Ok(PictureIds { raster, svg: None });
        };
        let name = format!("svg {name}");
        let path = match self.pictures.get(&name) {
            Some(path) => path.clone(),
            None => self.add_picture(name, text.into(), "svg"),
        };
        Ok(PictureIds { raster, svg: Some(self.intern(part, "image", &path)) })
    }

    /// Puts a picture's file into the package; gives its path.
    fn add_picture(&mut self, name: String, bytes: Arc<[u8]>, ending: &str) -> String {
        let path = format!("media/image{}.{ending}", self.pictures.len() + 1);
        self.files.push(ExtraPart::file(path.clone(), PartBytes::Kept(bytes)));
        self.pictures.insert(name, path.clone());
        path
    }

    /// The files of all pictures.
    pub(crate) fn take_files(&mut self) -> Vec<ExtraPart> {
        std::mem::take(&mut self.files)
    }
}
