//! How far something slow has come, on standard error while that is a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::text;

use super::{Context, environment};

/// Nothing is said before this: most things are done by then.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const PAUSE: Duration = Duration::from_millis(100);

/// One line that says how far something has come.
pub(super) struct Progress {
    begun: Instant,
    is_wanted: bool,
    told: Mutex<Option<Instant>>,
}

impl Progress {
    /// Begins to wait.
    pub fn new(context: &Context) -> Self {
        let is_wanted = !context.quiet && io::stderr().is_terminal();
        Self { begun: environment::now(), is_wanted, told: Mutex::new(None) }
    }

    /// Says that so many of all are done, now and then.
    pub fn tell(&self, done: usize, all: usize, noun: &str) {
        self.write(PAUSE, || format!("{done} of {}", text::count(all, noun)));
    }

    /// Says what is being done.
    pub fn say(&self, what: &str) {
        self.write(Duration::ZERO, || what.to_owned());
    }

    fn write(&self, pause: Duration, line: impl FnOnce() -> String) {
        if !self.is_wanted || self.begun.elapsed() < PATIENCE {
            return;
        }
        // Whoever finds it being written leaves it to the other.
        let Ok(mut told) = self.told.try_lock() else { return };
        if told.is_some_and(|at| at.elapsed() < pause) {
            return;
        }
        *told = Some(environment::now());
        let _ = write!(io::stderr(), "\r{}\x1b[K", line());
    }

    /// Says what is being done, where it cannot be counted.
    pub fn note(&self, what: &str) {
        let Ok(mut told) = self.told.lock() else { return };
        if self.is_wanted {
            *told = Some(environment::now());
            let _ = write!(io::stderr(), "\r{what}\x1b[K");
        }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.told.lock().is_ok_and(|mut told| told.take().is_some()) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
