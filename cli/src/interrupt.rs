//! What becomes of a run that is interrupted: files that are not in their places yet go with it.

use std::sync::Once;

/// From now on Ctrl-C, a request to end, or the end of the terminal removes the files that are not in their places,
/// and then ends the process as ever. What the process was started to ignore stays ignored.
pub(crate) fn leave_nothing() {
    static LISTENS: Once = Once::new();
    // Whoever can't listen leaves a file behind at worst.
    LISTENS.call_once(|| {
        #[cfg(unix)]
        let _ = signals::listen();
    });
}

#[cfg(unix)]
mod signals {
    use std::ffi::c_int;
    use std::sync::mpsc::{self, Sender};
    use std::{fs, io, thread};

    use plangate_core::fix;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Waits for signals on a thread of its own, and returns as soon as it does.
    pub(super) fn listen() -> io::Result<()> {
        let (begins, begun) = mpsc::channel();
        thread::Builder::new().name("signals".to_owned()).spawn(move || end_well(begins))?;
        // Nothing is ever sent: what counts is that the sender is gone.
        let _ = begun.recv();
        Ok(())
    }

    fn end_well(begins: Sender<()>) {
        let Ok(mut signals) = Signals::new(awaited()) else { return };
        drop(begins);
        if let Some(signal) = signals.forever().next() {
            let _abandoned = fix::abandon();
            // Ended by the signal itself, a shell knows that its loop is to end as well.
            let _ = emulate_default_handler(signal);
        }
    }

    /// The signals that end a process, but for those that it ignores.
    fn awaited() -> Vec<c_int> {
        match ignored() {
            Some(ignored) => {
                [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0).collect()
            }
            // A lost terminal is what `nohup` has a process ignore.
            None => vec![SIGINT, SIGTERM],
        }
    }

    /// What this process ignores, a bit for each signal; nothing where the system doesn't tell.
    fn ignored() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    }
}
