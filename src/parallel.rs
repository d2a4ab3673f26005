//! Work on many items with a few threads.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many items are worked on at the same time where each waits for the network.
pub const WAITING: usize = 4;

/// More threads do not make a disk faster.
const MOST: usize = 8;

/// How many items are worked on at the same time where each takes the processor: as many as there are processors, 8 at most.
pub fn processors() -> usize {
    thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(MOST)
}

/// The stack of a thread: as much as the first one has.
const STACK: usize = 8 << 20;

/// Does one thing in a thread beside another, or before it where the system gives no thread. What panics in the thread panics here.
pub fn both<A: Send, B>(beside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, &beside) {
            Ok(thread) => {
                let here = here();
                let beside = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
                (beside, here)
            }
            Err(_) => (beside(), here()),
        }
    })
}

/// Applies `work` to every item with so many threads, the calling one included, or with fewer where the system gives no more; the results
/// keep the order of the items. What panics in a thread panics here.
pub fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else {
                return done;
            };
            done.push((place, work(item)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others = (1..workers.min(items.len())).map_while(|_| {
            let mut thread = thread::Builder::new().stack_size(STACK);
            // By the name it is told what becomes of a panic.
            if let Some(name) = thread::current().name() {
                thread = thread.name(name.to_owned());
            }
            thread.spawn_scoped(scope, worker).ok()
        });
        let others: Vec<_> = others.collect();
        let mut done = worker();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_things_are_done() {
        assert_eq!(both(|| 1, || "two"), (1, "two"));
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for workers in [0, 1, 2, 7, 200] {
            assert_eq!(in_parallel(&items, workers, |item| item * 2), doubled);
        }
        assert!(in_parallel(&[], 4, |item: &usize| *item).is_empty());
    }
}
