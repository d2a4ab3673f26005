//! Fetching over HTTP: with limits of time and size, and another try where the fault may pass.

mod address;
mod download;
mod remote_file;
#[cfg(test)]
mod tests;

pub use address::resolve;
pub use download::Fetched;
pub use remote_file::RemoteFile;

use std::io::{self, Read};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use ureq::Body;
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig};

use super::watch::{Silent, Watch};

/// How often a request is made before it counts as failed.
const ATTEMPTS: u32 = 2;

/// The pause before the second attempt.
const PAUSE: Duration = Duration::from_millis(500);

/// How long a server may be silent, unless the person says otherwise.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// One whole request may take so many times the patience with a silent server.
const WHOLE: u32 = 10;

/// How often a server may send to another address.
const REDIRECTS: u32 = 5;

/// A client for GET requests; cheap to clone, and clones share their connections.
///
/// It trusts the certificates that the system trusts, and uses the proxy that the environment names.
#[derive(Clone, Debug)]
pub struct Client {
    agent: ureq::Agent,
    pause: Duration,
    patience: Duration,
    watch: Arc<dyn Watch>,
}

/// A request failed for good.
#[derive(Debug, thiserror::Error)]
#[error("cannot fetch `{url}`: {reason}")]
pub struct HttpError {
    /// The address.
    pub url: String,
    /// Why, as far as it matters to the caller.
    pub reason: Reason,
}

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The server has no such thing (404, 410).
    #[error("the server does not have it")]
    Missing,
    /// The answer is larger than it may be.
    #[error("it is larger than {0} bytes")]
    TooLarge(u64),
    /// Nobody may be asked.
    #[error("floxwright was told to stay offline, and its cache does not have it")]
    Offline,
    /// Anything else: status, connection, certificate, time.
    #[error("{0}")]
    Other(String),
}

/// What a failed attempt means for the next one.
enum Attempt {
    Final(Reason),
    Passing(String),
}

/// What a server gives when a part is asked for.
enum Part {
    /// The part.
    Asked(Vec<u8>),
    /// Everything, because the server knows no parts.
    Everything(Vec<u8>),
}

impl Default for Client {
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}

impl Client {
    /// A client that gives up on a server that is silent for so long, or needs ten times as long for one answer.
    pub fn new(patience: Duration) -> Self {
        Self::with(ureq::Agent::config_builder(), PAUSE, patience)
    }

    /// A client for servers of tests: no proxy, no pauses.
    #[cfg(test)]
    pub(crate) fn local() -> Self {
        let config = ureq::Agent::config_builder().proxy(None);
        Self::with(config, Duration::ZERO, PATIENCE)
    }

    /// The same with little patience.
    #[cfg(test)]
    pub(crate) fn hasty(patience: Duration) -> Self {
        let config = ureq::Agent::config_builder().proxy(None);
        Self::with(config, Duration::ZERO, patience)
    }

    fn with(
        config: ureq::config::ConfigBuilder<ureq::typestate::AgentScope>,
        pause: Duration,
        patience: Duration,
    ) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = config
            .tls_config(tls)
            .timeout_connect(Some(patience))
            .timeout_recv_response(Some(patience))
            .timeout_per_read(Some(patience))
            .timeout_global(Some(patience * WHOLE))
            .max_redirects(REDIRECTS)
            .user_agent(concat!("floxwright/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.new_agent(),
            pause,
            patience,
            watch: Arc::new(Silent),
        }
    }

    /// The same client; `watch` learns of every byte.
    #[must_use]
    pub fn watched(self, watch: Arc<dyn Watch>) -> Self {
        Self { watch, ..self }
    }

    /// The bytes at an address, at most `limit` of them.
    ///
    /// # Errors
    /// [`Reason::Missing`] and [`Reason::TooLarge`] at once, everything that may pass after another attempt.
    pub fn get(&self, url: &str, limit: u64) -> Result<Vec<u8>, HttpError> {
        self.attempts(url, || {
            let response = self.agent.get(url).call();
            let mut response = response.map_err(|error| judge(&error))?;
            self.body(url, &mut response, limit)
        })
    }

    /// The bytes from `from` on, up to and without `to`; or all of them, at most `limit`, where the server knows no parts.
    fn get_part(&self, url: &str, (from, to): (u64, u64), limit: u64) -> Result<Part, HttpError> {
        let last = to.saturating_sub(1);
        self.attempts(url, || {
            let request = self.agent.get(url);
            // A part of a packed answer would be of no use.
            let request = request.header("accept-encoding", "identity");
            let response = request.header("range", format!("bytes={from}-{last}"));
            let mut response = response.call().map_err(|error| judge(&error))?;
            if response.status() != 206 {
                return Ok(Part::Everything(self.body(url, &mut response, limit)?));
            }
            let stated = response.headers().get("content-range");
            let stated = stated.and_then(|value| value.to_str().ok());
            let asked = format!("bytes {from}-{last}/");
            if !stated.is_some_and(|stated| stated.starts_with(&asked)) {
                let stated = stated.unwrap_or_default().escape_debug();
                let reason = format!("the server gives `{stated}` where `{asked}…` was asked for");
                return Err(Attempt::Final(Reason::Other(reason)));
            }
            let bytes = self.body(url, &mut response, to - from)?;
            if bytes.len() as u64 == to - from {
                Ok(Part::Asked(bytes))
            } else {
                Err(Attempt::Passing(
                    "the server gives less than it says".to_owned(),
                ))
            }
        })
    }

    /// Tries, and tries again where that can help.
    fn attempts<T>(
        &self,
        url: &str,
        attempt: impl Fn() -> Result<T, Attempt>,
    ) -> Result<T, HttpError> {
        let failed = |reason| HttpError {
            url: url.to_owned(),
            reason,
        };
        let mut last = String::new();
        for number in 0..ATTEMPTS {
            thread::sleep(self.pause * number);
            match attempt() {
                Ok(got) => return Ok(got),
                Err(Attempt::Final(reason)) => return Err(failed(reason)),
                Err(Attempt::Passing(reason)) => last = reason,
            }
        }
        Err(failed(Reason::Other(format!(
            "{last} ({ATTEMPTS} attempts)"
        ))))
    }

    /// The body of an answer, unpacked, at most `limit` bytes of it.
    fn body(
        &self,
        url: &str,
        response: &mut Response<Body>,
        limit: u64,
    ) -> Result<Vec<u8>, Attempt> {
        stays_safe(url, response)?;
        let mut reader = response.body_mut().as_reader();
        let mut body = Vec::new();
        let mut chunk = vec![0; 64 << 10];
        loop {
            let read = reader.read(&mut chunk).map_err(|error| broken(&error))?;
            if read == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..read]);
            self.watch.received(read as u64);
            if body.len() as u64 > limit {
                return Err(Attempt::Final(Reason::TooLarge(limit)));
            }
        }
    }
}

/// Sees that what was asked for over a safe connection came over one.
fn stays_safe(url: &str, response: &Response<Body>) -> Result<(), Attempt> {
    use ureq::ResponseExt as _;
    if url.starts_with("https:") && response.get_uri().scheme_str() != Some("https") {
        let reason = format!("the server sends on to `{}`", response.get_uri());
        return Err(Attempt::Final(Reason::Other(reason)));
    }
    Ok(())
}

/// What an error in the middle of a body means.
fn broken(error: &io::Error) -> Attempt {
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ureq::Error>())
    {
        Some(inner) => judge(inner),
        None => Attempt::Passing(format!("the answer breaks off: {error}")),
    }
}

/// Whether another attempt can help.
fn judge(error: &ureq::Error) -> Attempt {
    let settled = |reason: String| Attempt::Final(Reason::Other(reason));
    match error {
        ureq::Error::StatusCode(404 | 410) => Attempt::Final(Reason::Missing),
        ureq::Error::StatusCode(code @ (408 | 425 | 429 | 500..=599)) => {
            Attempt::Passing(format!("the server answers with status {code}"))
        }
        ureq::Error::StatusCode(code) => settled(format!("the server answers with status {code}")),
        ureq::Error::TooManyRedirects => settled(format!(
            "the server sends to another address more than {REDIRECTS} times"
        )),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            settled(error.to_string())
        }
        ureq::Error::Timeout(_) => {
            Attempt::Passing("the server is silent or slow for too long".to_owned())
        }
        other => Attempt::Passing(other.to_string()),
    }
}
