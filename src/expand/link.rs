//! The way from the engines to the world. Scripts and filters outlive every borrow, so expanding runs in a thread of its own, with a stack
//! that deep templates do not exhaust, and sends what it wants of the world to the thread that has it.

use super::World;
use std::any::Any;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// The stack of the thread; only what is used is ever allocated.
const STACK: usize = 256 << 20;

/// How long the thread may say nothing; no file takes a fraction of it.
const SILENCE: Duration = Duration::from_mins(1);

/// The name of the thread. What panics in it is caught and told as what it is.
pub const WORKER: &str = "expand";

type Wish = Box<dyn FnOnce(&mut dyn World) + Send>;

/// The way to the world.
#[derive(Clone, Debug)]
pub(super) struct Link {
    wishes: Sender<Wish>,
    /// Grows as long as the work goes on.
    steps: Arc<AtomicUsize>,
}

impl Link {
    /// Says that the work goes on.
    pub(super) fn alive(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
    }

    /// Does something with the world and waits for what comes of it.
    pub(super) fn with<R: Send + 'static>(
        &self,
        act: impl FnOnce(&mut dyn World) -> R + Send + 'static,
    ) -> R {
        let (reply, answer) = mpsc::channel();
        let wish = move |world: &mut dyn World| {
            let _ = reply.send(act(world));
        };
        self.wishes
            .send(Box::new(wish))
            .expect("the world is served");
        answer.recv().expect("the world answers")
    }
}

/// Runs `work` with a link to `world`.
///
/// # Errors
/// A thread that cannot be started, that comes to no end, or that panics.
pub(super) fn serve<R: Send + 'static>(
    world: &mut dyn World,
    work: impl FnOnce(Link) -> R + Send + 'static,
) -> io::Result<R> {
    let (sender, wishes) = mpsc::channel::<Wish>();
    let steps = Arc::new(AtomicUsize::new(0));
    let link = Link {
        wishes: sender,
        steps: Arc::clone(&steps),
    };
    let mut seen = 0;
    let worker = thread::Builder::new()
        .name(WORKER.to_owned())
        .stack_size(STACK)
        .spawn(move || work(link))?;
    loop {
        match wishes.recv_timeout(SILENCE) {
            Ok(wish) => wish(world),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if steps.load(Ordering::Relaxed) != seen => {
                seen = steps.load(Ordering::Relaxed);
            }
            // What runs for ever cannot be stopped from outside; it ends with the program.
            Err(RecvTimeoutError::Timeout) => {
                let message = "one of its files or scripts comes to no end";
                return Err(io::Error::new(io::ErrorKind::TimedOut, message));
            }
        }
    }
    worker
        .join()
        .map_err(|panic| io::Error::other(words(&*panic)))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!(
        "this is a defect of floxwright: {}",
        text.unwrap_or_default()
    )
}
