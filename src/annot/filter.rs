//! Which annotations are wanted.

use super::{Annotation, Kind, Review};

/// A choice of annotations by kind, tag and review. An empty list of kinds or tags asks for
/// nothing in particular and lets all pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// One of these kinds.
    pub kinds: Vec<Kind>,
    /// At least one of these tags.
    pub tags: Vec<String>,
    /// One of these reviews.
    pub reviews: Vec<Review>,
}

impl Default for Filter {
    /// Everything but what the reader rejected.
    fn default() -> Self {
        let reviews = vec![Review::Accepted, Review::Proposed];
        Self { kinds: Vec::new(), tags: Vec::new(), reviews }
    }
}

impl Filter {
    /// Whether this annotation is wanted.
    pub fn passes(&self, it: &Annotation) -> bool {
        let tags = it.tags();
        self.reviews.contains(&it.review)
            && (self.kinds.is_empty() || self.kinds.contains(&it.kind()))
            && (self.tags.is_empty() || self.tags.iter().any(|tag| tags.contains(tag)))
    }
}
