use std::sync::Arc;

use serde::Serialize;

use super::Document;
use crate::diag::{Error, Sink, Warned};
use crate::image::ImageStore;
use crate::style::{self, Stylesheet};
use crate::template::Template;
use crate::text::Typesetter;
use crate::{boxes, markup};

/// A template made ready: compiled, its stylesheets parsed, its own faces loaded.
#[derive(Debug, Clone)]
pub struct Design {
    template: Arc<Template>,
    sheets: Arc<[Stylesheet]>,
    images: Arc<ImageStore>,
    typesetter: Arc<Typesetter>,
}
