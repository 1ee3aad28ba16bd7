//! Guarantees 4 and 5, by a counting allocator: the loop over steps allocates nothing, and memory
//! does not grow with the number of trials.
#![allow(unsafe_code, reason = "an allocator is unsafe by nature")]

#[path = "support/scenarios.rs"]
mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};

use detente::engine::ensemble::{self, Plan};
use detente::engine::trial::Simulator;
use support::{compile, flagship};

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

// SAFETY: every call is passed on to the system allocator; the counters allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        let size = layout.size() as isize;
        let live = LIVE.fetch_add(size, Ordering::Relaxed) + size;
        PEAK.fetch_max(live, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: the pointer came from `alloc` above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// One test, so that nothing else allocates meanwhile.
#[test]
fn trials_allocate_nothing_and_memory_does_not_grow_with_them() {
    // A rate event may fire several times a step; expressions are looked at after every change.
    let more = r#"
        [events.visits]
        rate = 20
        actions = [{ shift_isolation = "PRK", by = -0.01 }]
        [events.turn]
        when = "isolation(PRK) < 0.6 and count(s: sanctioned(PRK, by = s)) >= 2 or times('dispute') > 3"
        cooldown = 0.5
        probability = 0.8
        actions = [{ shift_isolation = "PRK", by = 0.05 }]
        [outcomes.quiet]
        ever = "since(at_war(RUS, UKR)) > 1 and not ever(any(s: at_war(s, KOR)))"
        [outcomes.mean]
        mean = "mean(s: isolation(s))"
    "#;
    let text = flagship() + more;
    let uncertain = text.replacen("isolation = 0.66", "isolation = \"normal(0.66, 0.02)\"", 1);
    assert_ne!(text, uncertain);
    let setup = compile(&uncertain);
    let mut simulator = Simulator::new(&setup);
    simulator.run(0).unwrap();
    let before = CALLS.load(Ordering::Relaxed);
    for trial in 1..200 {
        simulator.run(trial).unwrap();
    }
    assert_eq!(CALLS.load(Ordering::Relaxed) - before, 0, "allocations in 199 trials");
    let fired: u32 = simulator.record().counts.iter().sum();
    assert!(fired > 0, "the trials were not empty");

    let peak = |trials| {
        PEAK.store(LIVE.load(Ordering::Relaxed), Ordering::Relaxed);
        let tally = ensemble::run(&setup, Plan { threads: Some(2), ..Plan::new(trials) }, &|_| {});
        assert_eq!(tally.unwrap().trials, trials);
        PEAK.load(Ordering::Relaxed)
    };
    let (few, many) = (peak(200), peak(4_000));
    let ratio = many as f64 / few as f64;
    assert!((0.9..1.1).contains(&ratio), "peak of {few} bytes at 200 trials, {many} at 4,000");
}
