//! The list of places that were jumped from.

/// Places to go back to and, after that, forward again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jumps {
    places: Vec<u32>,
    /// How many of them lie before the reader.
    at: usize,
}

/// Older ones are forgotten.
const MOST: usize = 100;

impl Jumps {
    /// Remembers where a jump begins. What could be gone forward to is forgotten.
    pub fn push(&mut self, from: u32) {
        self.places.truncate(self.at);
        self.places.retain(|&place| place != from);
        self.places.push(from);
        if self.places.len() > MOST {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place before this one in the list.
    pub fn back(&mut self, here: u32) -> Option<u32> {
        if self.at == self.places.len() {
            // So that going forward leads here again.
            let before = self.at.checked_sub(1)?;
            if self.places[before] != here {
                self.places.push(here);
            } else if before == 0 {
                return None;
            } else {
                self.at = before;
            }
        }
        self.at = self.at.checked_sub(1)?;
        self.places.get(self.at).copied()
    }

    /// The place behind this one in the list.
    pub fn forward(&mut self) -> Option<u32> {
        let place = self.places.get(self.at + 1).copied()?;
        self.at += 1;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_lead_to_the_same_places() {
        let mut jumps = Jumps::default();
        assert_eq!(jumps.back(5), None);
        jumps.push(10);
        jumps.push(20);
        assert_eq!(jumps.back(30), Some(20));
        assert_eq!(jumps.back(20), Some(10));
        assert_eq!(jumps.back(10), None);
        assert_eq!(jumps.forward(), Some(20));
        assert_eq!(jumps.forward(), Some(30));
        assert_eq!(jumps.forward(), None);
    }

    #[test]
    fn a_new_jump_forgets_the_way_forward() {
        let mut jumps = Jumps::default();
        jumps.push(10);
        jumps.push(20);
        jumps.back(30);
        jumps.push(15);
        assert_eq!(jumps.forward(), None);
        assert_eq!(jumps.back(40), Some(15));
    }
}
