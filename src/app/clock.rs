//! What deciding knows of time and chance: what it was told.

use jiff::Timestamp;

use crate::annot::AnnotationId;

/// The moment of the message that is being taken in, and the source of new names.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Now, as the last one who looked at a clock said.
    pub now: Timestamp,
    /// What the next name is made of.
    state: u64,
}

impl Default for Clock {
    /// Stands at the beginning of 1970 and gives the same names every time: for tests.
    fn default() -> Self {
        Self::new(Timestamp::UNIX_EPOCH, 0)
    }
}

impl Clock {
    /// A clock that begins at a moment; `seed` must be another one for every process.
    pub const fn new(now: Timestamp, seed: u64) -> Self {
        Self { now, state: seed }
    }

    /// A new name for something that the reader makes.
    pub fn name(&mut self) -> AnnotationId {
        let mut chance = [0; 10];
        let (one, two) = (self.draw().to_le_bytes(), self.draw().to_le_bytes());
        chance[..8].copy_from_slice(&one);
        chance[8..].copy_from_slice(&two[..2]);
        AnnotationId::from_time(u64::try_from(self.now.as_millisecond()).unwrap_or(0), chance)
    }

    /// `SplitMix64` (Steele, Lea and Flood 2014).
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.state;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_and_tell_the_time() {
        let mut clock = Clock::new(Timestamp::from_second(1_728_635_462).unwrap(), 5);
        let names: Vec<String> = (0..3).map(|_| clock.name().to_string()).collect();
        assert!(names.iter().all(|it| it.starts_with("01927ab3-e170-7")), "{names:?}");
        assert!(names[0] != names[1] && names[1] != names[2]);
    }
}
