//! Days of the calendar, as facts are dated.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day, `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(String);

/// A text is not a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: year-month-day is wanted, like `2026-01-31`")]
pub struct DateError(String);

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str, width: usize| {
            let shaped = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
            if shaped {
                part.parse::<u32>().ok()
            } else {
                None
            }
        };
        let valid = match parts.as_slice() {
            [year, month, day] => {
                number(year, 4).is_some()
                    && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
                    && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
            }
            _ => false,
        };
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(DateError(text.to_owned()))
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_are_dates() {
        for text in ["2026-11-20", "2025-02-28", "1999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026-11",
            "2026-13-01",
            "2026-00-01",
            "2026-01-32",
            "26-01-01",
            "2026-1-01",
            "2026-01-01T00",
            "+026-01-01",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text:?}");
        }
    }
}
