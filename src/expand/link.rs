//! The way from the engines to the world. Scripts and filters outlive every borrow, so expanding runs in a thread of its own, with a stack
//! that deep templates do not exhaust, and sends what it wants of the world to the thread that has it.

use super::World;
use std::sync::mpsc::{self, Sender};
use std::thread;

/// The stack of the thread; only what is used is ever allocated.
const STACK: usize = 256 << 20;

type Wish = Box<dyn FnOnce(&mut dyn World) + Send>;

/// The way to the world.
#[derive(Clone, Debug)]
pub(super) struct Link(Sender<Wish>);

impl Link {
    /// Does something with the world and waits for what comes of it.
    pub(super) fn with<R: Send + 'static>(
        &self,
        act: impl FnOnce(&mut dyn World) -> R + Send + 'static,
    ) -> R {
        let (reply, answer) = mpsc::channel();
        let wish = move |world: &mut dyn World| {
            let _ = reply.send(act(world));
        };
        self.0.send(Box::new(wish)).expect("the world is served");
        answer.recv().expect("the world answers")
    }
}

/// Runs `work` with a link to `world`.
///
/// # Errors
/// A thread that cannot be started.
pub(super) fn serve<R: Send>(
    world: &mut dyn World,
    work: impl FnOnce(Link) -> R + Send,
) -> std::io::Result<R> {
    let (sender, wishes) = mpsc::channel::<Wish>();
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("expand".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, move || work(Link(sender)))?;
        for wish in wishes {
            wish(world);
        }
        worker
            .join()
            .map_err(|panic| std::panic::resume_unwind(panic))
    })
}
