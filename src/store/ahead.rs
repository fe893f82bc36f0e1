//! Reading ahead on another thread, by a connection of its own, while this one writes.

use crossbeam_channel::bounded;
use rusqlite::Connection;

use super::Result;

/// Examples that are handed over at a time, and how many such portions wait at most.
const PORTION: usize = 64;
const PORTIONS_WAITING: usize = 8;

/// Reads something of each of these examples and writes it, in their order, both at the same time. The reader
/// must see what the writer sees.
pub(super) fn read_ahead<T: Send>(
    reader: &mut Connection,
    ids: &[i64],
    read: impl Fn(&Connection, i64) -> Result<T> + Send,
    mut write: impl FnMut(i64, T) -> Result<()>,
) -> Result<()> {
    std::thread::scope(|scope| {
        let (send, receive) = bounded(PORTIONS_WAITING);
        let reading = scope.spawn(move || -> Result<()> {
            for portion in ids.chunks(PORTION) {
                let found = portion.iter().map(|&id| Ok((id, read(reader, id)?)));
                // Whoever listens no more says why.
                if send.send(found.collect::<Result<Vec<_>>>()?).is_err() {
                    break;
                }
            }
            Ok(())
        });
        for (id, found) in receive.into_iter().flatten() {
            write(id, found)?;
        }
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
