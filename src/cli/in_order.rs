//! Work on several threads whose results come in the order of the jobs.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A job and where its result goes.
type Ticket<J, A> = (J, SyncSender<A>);

/// Does every job, and hands the results on in the order of the jobs.
///
/// At most three jobs a worker are held at a time, done ones included. Ends early where
/// `answered` fails.
pub(super) fn run<J: Send + 'static, A: Send + 'static>(
    workers: usize,
    jobs: impl Iterator<Item = J> + Send + 'static,
    work: impl Fn(J) -> A + Send + Sync + 'static,
    mut answered: impl FnMut(A) -> io::Result<()>,
) -> io::Result<()> {
    let (tickets, waiting) = sync_channel::<Ticket<J, A>>(workers);
    let (order, ordered) = sync_channel::<Receiver<A>>(workers * 2);
    let (waiting, job) = (Arc::new(Mutex::new(waiting)), Arc::new(work));
    for _ in 0..workers {
        let (waiting, job) = (Arc::clone(&waiting), Arc::clone(&job));
        thread::spawn(move || while do_next(&waiting, &*job) {});
    }
    // Not waited for: it may hang in a read from a terminal or a pipe that says nothing more when
    // the reader of our output has gone. It holds nothing that must be put in order.
    thread::spawn(move || {
        for job in jobs {
            let (answer, coming) = sync_channel(1);
            if order.send(coming).is_err() || tickets.send((job, answer)).is_err() {
                return;
            }
        }
    });
    for coming in ordered {
        // A worker that vanished without an answer has panicked outside the detectors.
        answered(coming.recv().map_err(|_| io::Error::other("a worker thread broke down"))?)?;
    }
    Ok(())
}

fn do_next<J, A>(waiting: &Mutex<Receiver<Ticket<J, A>>>, work: impl Fn(J) -> A) -> bool {
    // The lock is held for the wait alone; no other code runs under it.
    let ticket = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let Ok((job, answer)) = ticket else { return false };
    // Nobody listens any more when the reader of our output has gone.
    answer.send(work(job)).ok();
    true
}
