//! A web server for tests: on this machine, stopped when it is dropped.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What is answered for one path, in turn; the last answer repeats.
pub(super) type Replies = BTreeMap<String, Vec<Reply>>;

/// One answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    status: u16,
    body: Vec<u8>,
    /// The length that the head states.
    length: usize,
    location: String,
    /// How the server calls the state of what it gives; empty where it does not.
    tag: String,
    /// The pause after each byte.
    pause: Duration,
    /// Whether parts are given when they are asked for.
    parts: bool,
}

impl From<(u16, Vec<u8>)> for Reply {
    fn from((status, body): (u16, Vec<u8>)) -> Self {
        Self {
            status,
            length: body.len(),
            body,
            location: String::new(),
            tag: String::new(),
            pause: Duration::ZERO,
            parts: false,
        }
    }
}

impl Reply {
    /// The same address or another.
    pub(super) fn redirect(location: &str) -> Self {
        Self {
            location: format!("Location: {location}\r\n"),
            ..Self::from((302, Vec::new()))
        }
    }

    /// A body that is shorter than the head says.
    pub(super) fn short(body: Vec<u8>, length: usize) -> Self {
        Self {
            length,
            ..Self::from((200, body))
        }
    }

    /// A body that comes byte by byte.
    pub(super) fn slow(body: Vec<u8>, pause: Duration) -> Self {
        Self {
            pause,
            ..Self::from((200, body))
        }
    }

    /// A body of which parts are given.
    pub(super) fn parts(body: Vec<u8>) -> Self {
        Self {
            parts: true,
            ..Self::from((200, body))
        }
    }

    /// The same in a state with a name.
    pub(super) fn tagged(self, name: &str) -> Self {
        Self {
            tag: format!("\"{name}\""),
            ..self
        }
    }

    /// The answer to somebody who has what was in this state, and wants no more if it still is.
    fn unless(self, known: &str) -> Self {
        if known.is_empty() || known != self.tag {
            return self;
        }
        let tag = self.tag;
        Self {
            tag,
            ..Self::from((304, Vec::new()))
        }
    }

    /// The answer to a request for `bytes=from-last` or `bytes=from-`, if this is the state that is meant.
    fn part(mut self, range: &str, state: &str) -> Self {
        let end = self.body.len().saturating_sub(1);
        let bounds = range.strip_prefix("bytes=").and_then(|range| {
            let (from, last) = range.split_once('-')?;
            let last = if last.is_empty() {
                Ok(end)
            } else {
                last.parse()
            };
            Some((from.parse::<usize>().ok()?, last.ok()?))
        });
        let bounds = bounds.filter(|_| state.is_empty() || state == self.tag);
        let Some((from, last)) = bounds.filter(|_| self.parts) else {
            return self;
        };
        let Some(part) = self.body.get(from..=last) else {
            return Self::from((416, Vec::new()));
        };
        self.location = format!("Content-Range: bytes {from}-{last}/{}\r\n", self.body.len());
        self.body = part.to_vec();
        self.length = self.body.len();
        self.status = 206;
        self
    }

    fn send(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let Self {
            status,
            length,
            location,
            tag,
            ..
        } = self;
        let tag = if tag.is_empty() {
            String::new()
        } else {
            format!("ETag: {tag}\r\n")
        };
        let head = format!(
            "HTTP/1.1 {status} x\r\nContent-Length: {length}\r\n{location}{tag}Connection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        if self.pause.is_zero() {
            return stream.write_all(&self.body);
        }
        for byte in &self.body {
            stream.write_all(&[*byte])?;
            thread::sleep(self.pause);
        }
        Ok(())
    }
}

/// The running server.
pub(super) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start(mut replies: Replies) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (stopped, log) = (Arc::clone(&stop), Arc::clone(&seen));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(stream) = stream {
                    serve(stream, &mut replies, &log);
                }
            }
        });
        Self {
            address,
            stop,
            seen,
            thread: Some(thread),
        }
    }

    /// The address, without a slash at its end.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The paths and user agents of all requests so far.
    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// Answers one request and closes the connection.
fn serve(stream: TcpStream, replies: &mut Replies, log: &Mutex<Vec<String>>) {
    let (mut path, mut agent) = (String::new(), String::new());
    let (mut range, mut state, mut known) = (String::new(), String::new(), String::new());
    for line in BufReader::new(&stream)
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
    {
        if let Some(rest) = line.strip_prefix("GET ") {
            let asked = rest.split(' ').next().unwrap_or_default();
            asked.clone_into(&mut path);
        }
        let value = line.split_once(": ").map_or("", |(_, value)| value);
        match line.to_ascii_lowercase().split(':').next() {
            Some("user-agent") => value.clone_into(&mut agent),
            Some("range") => value.clone_into(&mut range),
            Some("if-range") => value.clone_into(&mut state),
            Some("if-none-match") => value.clone_into(&mut known),
            _ => {}
        }
    }
    log.lock().unwrap().push(format!("{path} {agent}"));
    let reply = match replies.get_mut(&path) {
        Some(answers) if answers.len() > 1 => answers.remove(0),
        Some(answers) => answers[0].clone(),
        None => Reply::from((404, Vec::new())),
    };
    let reply = reply.unless(&known).part(&range, &state);
    if reply.pause.is_zero() {
        let _ = reply.send(&stream);
    } else {
        // Nobody else waits for a slow answer.
        thread::spawn(move || reply.send(&stream));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
