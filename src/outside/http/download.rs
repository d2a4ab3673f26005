//! Large files: kept as they come in, taken up again where they broke off, and not fetched again while they are the same.

use std::io::{self, Read};
use std::thread;

use ureq::Body;
use ureq::http::Response;

use super::{Attempt, Client, HttpError, Reason, broken, judge};
use crate::outside::store::Incoming;

/// How often a download is taken up again, as long as each time brings something new.
const TRIES: u32 = 5;

/// How many times the patience with a silent server one request may take.
const WHOLE: u32 = 120;

/// What came of a download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The server says that it is still what was fetched before.
    Same,
    /// It is here, in the state that the server calls so.
    New(Option<String>),
}

impl Client {
    /// Fetches a file of at most `limit` bytes into `incoming`, which may have its beginning. `before` is how the server
    /// called what was fetched before and is still there.
    ///
    /// # Errors
    /// As for [`Client::get`], and a file that cannot be kept.
    pub fn download(
        &self,
        url: &str,
        limit: u64,
        before: Option<&str>,
        incoming: &mut dyn Incoming,
    ) -> Result<Fetched, HttpError> {
        let failed = |reason| HttpError {
            url: url.to_owned(),
            reason,
        };
        let mut last = String::new();
        for number in 0..TRIES {
            thread::sleep(self.pause * number);
            let had = incoming.length();
            match self.take_up(url, limit, before, incoming) {
                Ok(fetched) => return Ok(fetched),
                Err(Attempt::Final(reason)) => return Err(failed(reason)),
                Err(Attempt::Passing(reason)) => last = reason,
            }
            // Once more in any case; after that only where it helps.
            if number > 0 && incoming.length() <= had {
                break;
            }
        }
        let here = incoming.length();
        Err(failed(Reason::Other(format!(
            "{last}, after {here} bytes (several attempts)"
        ))))
    }

    /// One request for what is missing.
    fn take_up(
        &self,
        url: &str,
        limit: u64,
        before: Option<&str>,
        incoming: &mut dyn Incoming,
    ) -> Result<Fetched, Attempt> {
        let from = incoming.length();
        let stamp = incoming.stamp().filter(|stamp| is_strong(stamp));
        let resumed = stamp.filter(|_| from > 0).map(str::to_owned);
        let request = self.agent.get(url).config();
        let request = request.timeout_global(Some(self.patience * WHOLE)).build();
        // Of a packed answer neither the length nor a part would be that of the file.
        let request = request.header("accept-encoding", "identity");
        let request = match (&resumed, before) {
            (Some(stamp), _) => request
                .header("range", format!("bytes={from}-"))
                .header("if-range", stamp),
            (None, Some(before)) => request.header("if-none-match", before),
            (None, None) => request,
        };
        let mut response = match request.call() {
            Err(ureq::Error::StatusCode(416)) => {
                // The server's file is not longer than what is here, so it is another.
                keep(incoming.restart(None))?;
                return Err(Attempt::Passing("the server has no such part".to_owned()));
            }
            other => other.map_err(|error| judge(&error))?,
        };
        super::stays_safe(url, &response)?;
        match response.status().as_u16() {
            304 if before.is_some() => return Ok(Fetched::Same),
            206 if resumed.is_some() => {
                let stated = header(&response, "content-range").unwrap_or_default();
                if !stated.starts_with(&format!("bytes {from}-")) {
                    let stated = stated.escape_debug();
                    let reason = format!(
                        "the server gives `{stated}` where the rest from byte {from} on was asked for"
                    );
                    keep(incoming.restart(None))?;
                    return Err(Attempt::Passing(reason));
                }
            }
            _ => keep(incoming.restart(header(&response, "etag").as_deref()))?,
        }
        self.receive(&mut response, limit, incoming)?;
        Ok(Fetched::New(incoming.stamp().map(str::to_owned)))
    }

    /// Takes the body.
    fn receive(
        &self,
        response: &mut Response<Body>,
        limit: u64,
        incoming: &mut dyn Incoming,
    ) -> Result<(), Attempt> {
        let here = incoming.length();
        let length = header(response, "content-length").and_then(|text| text.parse::<u64>().ok());
        let total = length.map(|length| length.saturating_add(here));
        if total.is_some_and(|total| total > limit) {
            return Err(Attempt::Final(Reason::TooLarge(limit)));
        }
        self.watch.sized(total, here);
        let mut reader = response.body_mut().as_reader();
        let mut chunk = vec![0; 128 << 10];
        loop {
            let read = reader.read(&mut chunk).map_err(|error| broken(&error))?;
            if read == 0 {
                break;
            }
            keep(incoming.append(&chunk[..read]))?;
            self.watch.received(read as u64);
            if incoming.length() > limit {
                return Err(Attempt::Final(Reason::TooLarge(limit)));
            }
        }
        match total {
            Some(total) if total != incoming.length() => Err(Attempt::Passing(format!(
                "the server says that there are {total} bytes, and gives {}",
                incoming.length()
            ))),
            _ => Ok(()),
        }
    }
}

/// Whether a stamp stands for the very same bytes.
fn is_strong(stamp: &str) -> bool {
    stamp.starts_with('"')
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// What cannot be kept does not pass by trying again.
fn keep(written: io::Result<()>) -> Result<(), Attempt> {
    written.map_err(|error| Attempt::Final(Reason::Other(format!("it cannot be kept: {error}"))))
}

#[cfg(test)]
mod tests {
    use super::super::super::store::in_memory;
    use super::super::super::test_server::{Reply, Server};
    use super::*;

    fn bytes() -> Vec<u8> {
        (0..50_000_u32).map(|n| (n % 251) as u8).collect()
    }

    /// Downloads from a server with these answers; what came, and how often it was asked.
    fn check(replies: Vec<Reply>, before: Option<&str>, expected: Result<Option<&str>, &str>) {
        let count = replies.len();
        let server = Server::start([("/x".to_owned(), replies)].into());
        let url = format!("{}/x", server.url());
        let mut incoming = in_memory();
        let fetched = Client::local().download(&url, 60_000, before, incoming.as_mut());
        match (fetched, expected) {
            (Ok(Fetched::Same), Ok(None)) => assert_eq!(incoming.length(), 0),
            (Ok(Fetched::New(stamp)), Ok(Some(expected))) => {
                assert_eq!(stamp.unwrap_or_default(), expected);
                let mut found = Vec::new();
                let whole = incoming.finish().unwrap();
                whole.open().unwrap().read_to_end(&mut found).unwrap();
                assert!(found == bytes(), "{} other bytes", found.len());
            }
            (Err(error), Err(expected)) => {
                assert!(error.to_string().contains(expected), "{error}");
            }
            (fetched, _) => panic!("{fetched:?}"),
        }
        assert_eq!(server.seen().len(), count);
    }

    #[test]
    fn what_breaks_off_is_taken_up_as_long_as_something_comes() {
        let cut = |at: usize| Reply::short(bytes()[..at].to_vec(), 50_000).tagged("a");
        let parts = || Reply::parts(bytes()).tagged("a");
        check(vec![parts()], None, Ok(Some("\"a\"")));
        check(vec![cut(1000), parts()], None, Ok(Some("\"a\"")));
        // A server that knows no parts begins again each time.
        let whole = Reply::from((200, bytes())).tagged("a");
        check(vec![cut(1000), cut(2000), whole], None, Ok(Some("\"a\"")));
        check(vec![cut(1000), cut(1000)], None, Err("after 1000 bytes"));
        let unnamed = || Reply::short(bytes()[..10].to_vec(), 50_000);
        check(vec![unnamed(), Reply::parts(bytes())], None, Ok(Some("")));
        // It became shorter, and another.
        let shorter = Reply::parts(bytes()[..500].to_vec()).tagged("a");
        check(vec![cut(1000), shorter], None, Err("no such part"));
    }

    #[test]
    fn what_is_the_same_is_not_fetched_again() {
        let reply = || vec![Reply::from((200, bytes())).tagged("a")];
        check(reply(), Some("\"a\""), Ok(None));
        check(reply(), Some("\"b\""), Ok(Some("\"a\"")));
    }

    #[test]
    fn what_is_too_large_or_lies_is_refused() {
        check(
            vec![(200, vec![0; 60_001]).into()],
            None,
            Err("it is larger than 60000 bytes"),
        );
        let lies = || Reply::short(vec![0; 10], 70_000);
        check(vec![lies()], None, Err("it is larger than 60000 bytes"));
    }
}
