//! Line ends: those of Windows and of old Macs become plain ones.

use super::Normaliser;

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "line-ends",
    title: "line ends",
    about: "CR LF and CR, as Windows and old Macs end lines, become LF",
    usual: true,
    mend,
};

fn mend(text: &str) -> Option<String> {
    text.contains('\r').then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_way_to_end_a_line_becomes_one() {
        assert_eq!(super::mend("a\r\nb\rc\n\r\nd").as_deref(), Some("a\nb\nc\n\nd"));
        assert_eq!(super::mend("a\nb"), None);
    }
}
