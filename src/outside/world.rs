//! What the process was given: environment, working directory, clock. Read once, by `main`; tests make their own.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The surroundings of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Environment variables that are UTF-8.
    pub env: BTreeMap<String, String>,
    /// The names of those that are not.
    pub unreadable: Vec<String>,
    /// The working directory.
    pub cwd: PathBuf,
    /// Seconds since 1970, UTC.
    pub now: i64,
}

impl World {
    /// The variable, unless it is empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The time that goes into files and commits: `SOURCE_DATE_EPOCH` where it is set, else the clock.
    pub fn time(&self) -> i64 {
        self.var("SOURCE_DATE_EPOCH")
            .and_then(|epoch| epoch.parse().ok())
            .unwrap_or(self.now)
    }

    /// The day of [`World::time`] as `YYYY-MM-DD`, UTC.
    pub fn today(&self) -> String {
        let (year, month, day) = civil(self.time().div_euclid(86_400));
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// Year, month and day of a count of days since 1970-01-01, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day is the last of its year.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (now, date) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_132_800, "2026-11-20"),
            (-86_400, "1969-12-31"),
        ] {
            let world = World {
                now,
                ..World::default()
            };
            assert_eq!(world.today(), date);
        }
    }
}
