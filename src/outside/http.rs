//! Fetching over HTTP: with limits of time and size, and another try where the fault may pass.

use std::thread;
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};

/// How often a request is made before it counts as failed.
const ATTEMPTS: u32 = 3;

/// The pause before the second attempt; before the third it is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// The time for reaching the server and for its first answer.
const ANSWER: Duration = Duration::from_secs(30);

/// The time for one whole request.
const WHOLE: Duration = Duration::from_mins(5);

/// A client for GET requests; cheap to clone, and clones share their connections.
///
/// It trusts the certificates that the system trusts, and uses the proxy that the environment names.
#[derive(Clone, Debug)]
pub struct Client {
    agent: ureq::Agent,
    pause: Duration,
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
    /// Anything else: status, connection, certificate, time.
    #[error("{0}")]
    Other(String),
}

/// What a failed attempt means for the next one.
enum Attempt {
    Final(Reason),
    Passing(String),
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// A client with the limits of this module.
    pub fn new() -> Self {
        Self::with(ureq::Agent::config_builder(), PAUSE)
    }

    /// A client for servers of tests: no proxy, no pauses.
    #[cfg(test)]
    pub(crate) fn local() -> Self {
        Self::with(ureq::Agent::config_builder().proxy(None), Duration::ZERO)
    }

    fn with(
        config: ureq::config::ConfigBuilder<ureq::typestate::AgentScope>,
        pause: Duration,
    ) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = config
            .tls_config(tls)
            .timeout_connect(Some(ANSWER))
            .timeout_recv_response(Some(ANSWER))
            .timeout_global(Some(WHOLE))
            .user_agent(concat!("floxwright/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.new_agent(),
            pause,
        }
    }

    /// The bytes at an address, at most `limit` of them.
    ///
    /// # Errors
    /// [`Reason::Missing`] and [`Reason::TooLarge`] at once, everything that may pass after three attempts.
    pub fn get(&self, url: &str, limit: u64) -> Result<Vec<u8>, HttpError> {
        let failed = |reason| HttpError {
            url: url.to_owned(),
            reason,
        };
        let mut last = String::new();
        for attempt in 0..ATTEMPTS {
            thread::sleep(self.pause * attempt);
            match self.attempt(url, limit) {
                Ok(bytes) => return Ok(bytes),
                Err(Attempt::Final(reason)) => return Err(failed(reason)),
                Err(Attempt::Passing(reason)) => last = reason,
            }
        }
        Err(failed(Reason::Other(format!(
            "{last} ({ATTEMPTS} attempts)"
        ))))
    }

    fn attempt(&self, url: &str, limit: u64) -> Result<Vec<u8>, Attempt> {
        let mut response = self.agent.get(url).call().map_err(|error| judge(&error))?;
        // The limit of the library counts a body of exactly `limit` bytes as too large.
        let body = response
            .body_mut()
            .with_config()
            .limit(limit.saturating_add(1))
            .read_to_vec();
        let body = body.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => Attempt::Final(Reason::TooLarge(limit)),
            other => judge(&other),
        })?;
        let within = u64::try_from(body.len()).is_ok_and(|length| length <= limit);
        if within {
            Ok(body)
        } else {
            Err(Attempt::Final(Reason::TooLarge(limit)))
        }
    }
}

/// Whether another attempt can help.
fn judge(error: &ureq::Error) -> Attempt {
    match error {
        ureq::Error::StatusCode(404 | 410) => Attempt::Final(Reason::Missing),
        ureq::Error::StatusCode(code @ (408 | 425 | 429 | 500..=599)) => {
            Attempt::Passing(format!("the server answers with status {code}"))
        }
        ureq::Error::StatusCode(code) => Attempt::Final(Reason::Other(format!(
            "the server answers with status {code}"
        ))),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            Attempt::Final(Reason::Other(error.to_string()))
        }
        other => Attempt::Passing(other.to_string()),
    }
}

/// The address that `reference` means on the page at `base`, dot segments resolved.
///
/// Only `http` and `https` addresses come out, and nothing that leaves `https` once the page was fetched by it.
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let (host, page) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some((other, _)) = reference.split_once("://") {
        let allowed = other == "https" || (other == "http" && scheme == "http");
        return allowed.then(|| reference.to_owned());
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match reference.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{reference}"),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            ".." => drop(segments.pop()),
            "" | "." => {}
            named => segments.push(named),
        }
    }
    Some(format!("{scheme}://{host}/{}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::super::test_server::Server;
    use super::*;

    fn server(replies: &[(u16, &str)]) -> Server {
        let replies = replies
            .iter()
            .map(|(status, body)| (*status, body.as_bytes().to_vec()))
            .collect();
        Server::start([("/x".to_owned(), replies)].into())
    }

    /// `expected`: the body or the reason, and the number of requests.
    fn check(replies: &[(u16, &str)], limit: u64, expected: (&str, usize)) {
        let server = server(replies);
        let found = match Client::local().get(&format!("{}/x", server.url()), limit) {
            Ok(bytes) => String::from_utf8(bytes).unwrap(),
            Err(error) => error.reason.to_string(),
        };
        assert_eq!(
            (found.as_str(), server.seen().len()),
            expected,
            "{replies:?}"
        );
    }

    #[test]
    fn what_may_pass_is_tried_three_times() {
        check(&[(200, "text")], 4, ("text", 1));
        check(&[(503, ""), (429, ""), (200, "text")], 9, ("text", 3));
        check(
            &[(500, "")],
            9,
            ("the server answers with status 500 (3 attempts)", 3),
        );
    }

    #[test]
    fn what_stays_is_tried_once() {
        check(&[(404, "")], 9, ("the server does not have it", 1));
        check(&[(410, "")], 9, ("the server does not have it", 1));
        check(&[(403, "")], 9, ("the server answers with status 403", 1));
        check(&[(200, "text")], 3, ("it is larger than 3 bytes", 1));
    }

    #[test]
    fn a_server_that_is_not_there_is_an_error_with_the_address() {
        let url = format!("{}/x", server(&[(200, "")]).url());
        let error = Client::local().get(&url, 9).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("cannot fetch `{url}`: ")),
            "{error}"
        );
    }

    #[test]
    fn it_says_who_asks() {
        let server = server(&[(200, "")]);
        Client::local()
            .get(&format!("{}/x", server.url()), 9)
            .unwrap();
        assert_eq!(
            server.seen(),
            [format!("/x floxwright/{}", env!("CARGO_PKG_VERSION"))]
        );
    }

    #[test]
    fn references_are_resolved() {
        for (base, reference, expected) in [
            (
                "https://h/a/b/json",
                "../../c/d.whl",
                Some("https://h/c/d.whl"),
            ),
            ("https://h/a/json", "../../../c", Some("https://h/c")),
            ("https://h/a/json", "c", Some("https://h/a/c")),
            ("https://h/a/json", "/c", Some("https://h/c")),
            ("https://h/a/json", "//o/c", Some("https://o/c")),
            ("https://h/a/json", "https://o/c", Some("https://o/c")),
            ("http://h:1/a/json", "http://o/c", Some("http://o/c")),
            ("https://h/a/json", "http://o/c", None),
            ("https://h/a/json", "file:///etc", None),
            ("h", "c", None),
        ] {
            assert_eq!(
                resolve(base, reference).as_deref(),
                expected,
                "{base} {reference}"
            );
        }
    }
}
