//! A file to import, where none is named.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Examples of the bench's own making: words by a small generator, the same in every run.
pub fn made(folder: &Path) -> PathBuf {
    let path = folder.join("made.jsonl");
    let mut out = BufWriter::new(std::fs::File::create(&path).unwrap());
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let syllables = ["ta", "re", "lo", "min", "ka", "su", "ver", "do", "pi", "an"];
    let mut text = |words: u64| {
        let mut text = String::new();
        for _ in 0..words {
            // Squared: a few words are common, most are rare.
            let mut word = (next() % 4000) * (next() % 4000) / 2000;
            for _ in 0..3 {
                text.push_str(syllables[usize::try_from(word % 10).unwrap()]);
                word /= 10;
            }
            text.push(' ');
        }
        text
    };
    let languages = ["en", "de", "fr"];
    for at in 0..20_000_u64 {
        let record = serde_json::json!({"prompt": text(20 + at % 180), "response": text(30 + at % 370),
            "intent": format!("intent_{}", at % 50), "language": languages[usize::try_from(at % 3).unwrap()]});
        writeln!(out, "{record}").unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
    path
}
