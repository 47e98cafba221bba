//! Work shared out to threads, with results in the order of the tasks whoever did them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does every task, on as many threads as there are workers. A thread that the system refuses is done without.
pub(super) fn share_out<W: Send, R: Send>(
    workers: &mut [W],
    tasks: usize,
    work: impl Fn(&mut W, usize) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = |worker: &mut W| {
        let mut done = Vec::new();
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                return done;
            }
            done.push((task, work(worker, task)));
        }
    };
    let helpers = workers.len().min(tasks).saturating_sub(1);
    let Some((first, rest)) = workers.split_first_mut() else { return Vec::new() };
    let mut done = thread::scope(|scope| {
        let take = &take;
        let spawn = |worker| thread::Builder::new().spawn_scoped(scope, move || take(worker)).ok();
        let helpers: Vec<_> = rest.iter_mut().take(helpers).map_while(spawn).collect();
        let mut done = take(first);
        for helper in helpers {
            match helper.join() {
                Ok(results) => done.extend(results),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(task, _)| *task);
    done.into_iter().map(|(_, result)| result).collect()
}
