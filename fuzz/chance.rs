//! Choices that follow from the number of an execution.

use detente::engine::philox;
use detente::model::entity::Entity;

/// The choices of one execution.
pub struct Chance {
    key: [u32; 2],
    execution: u64,
    blocks: u32,
    words: [u32; 4],
    used: usize,
}

impl Chance {
    /// The choices of this execution of a target.
    pub fn new(target: &str, execution: u64) -> Self {
        let bits = Entity::named("fuzz", target).bits();
        let key = [bits as u32, (bits >> 32) as u32];
        Self { key, execution, blocks: 0, words: [0; 4], used: 4 }
    }

    fn word(&mut self) -> u32 {
        if self.used == self.words.len() {
            let execution = [self.execution as u32, (self.execution >> 32) as u32];
            self.words = philox::block([self.blocks, execution[0], execution[1], 0], self.key);
            (self.blocks, self.used) = (self.blocks + 1, 0);
        }
        self.used += 1;
        self.words[self.used - 1]
    }

    /// A number below `n`, which is above 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.word()) * n as u64) >> 32) as usize
    }

    /// Yes, once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of several, of which there is at least one.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
