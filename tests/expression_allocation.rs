//! Looking at an expression allocates nothing, and neither does remembering what it said.
#![allow(unsafe_code, reason = "an allocator is unsafe by nature")]

#[path = "support/expressions.rs"]
mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use detente::model::expression::{Moments, Tracked, note};
use detente::scenario::expression::words::WORDS;
use support::Ground;

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system allocator; the counter allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from `alloc` above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// One test, so that nothing else allocates meanwhile.
#[test]
fn looking_at_an_expression_allocates_nothing() {
    let ground = Ground::new();
    let mut scope = ground.scope();
    let mut truths: Vec<_> =
        WORDS.iter().map(|word| ground.truth_in(word.example, &mut scope)).collect();
    truths.push(ground.truth_in("any(s: ever(at_war(s, RUS)) or s == PRK)", &mut scope));
    let memory = scope.memory;
    let mut tracked = vec![Tracked::default(); memory.places];
    let facts = ground.facts(&ground.setup.initial, 40, &[]);
    let before = CALLS.load(Ordering::Relaxed);
    note(&memory.trackers, &mut tracked, &facts, Moments::StepDates);
    let facts = ground.facts(&ground.setup.initial, 40, &tracked);
    let held = truths.iter().filter(|truth| truth.holds(&facts)).count();
    assert_eq!(CALLS.load(Ordering::Relaxed) - before, 0);
    assert!(held > 5, "{held}");
}
