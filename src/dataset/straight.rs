//! Opening what is no ordinary file (a pipe, a device) to write into it.

use std::fs::File;
use std::io;
use std::path::Path;

/// Opens it. Of a pipe somebody has to read: whoever waits for that is waited for, if not for long, and nobody
/// is left hanging on a pipe that nothing will ever come out of.
pub(super) fn open_straight(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&path.metadata()?.file_type()) {
        return pipe::open(path);
    }
    File::options().write(true).open(path)
}

#[cfg(unix)]
mod pipe {
    use std::fs::File;
    use std::io;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use rustix::io::Errno;

    /// So long a reader is waited for: a shell starts both ends at once.
    const PATIENCE: Duration = Duration::from_secs(2);
    /// And looked for each so long.
    const A_MOMENT: Duration = Duration::from_millis(20);

    pub(super) fn open(path: &Path) -> io::Result<File> {
        let flag = i32::try_from(OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
        let begun = Instant::now();
        let file = loop {
            match File::options().write(true).custom_flags(flag).open(path) {
                Ok(file) => break file,
                Err(error) if error.raw_os_error() != Some(Errno::NXIO.raw_os_error()) => return Err(error),
                Err(_) if begun.elapsed() < PATIENCE => sleep(A_MOMENT),
                Err(_) => {
                    let sentence =
                        "it is a pipe that nobody reads from; begin to read it first, or write to a file";
                    return Err(io::Error::new(io::ErrorKind::NotConnected, sentence));
                }
            }
        };
        // From here on who writes waits for who reads, as always.
        fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
        Ok(file)
    }
}
