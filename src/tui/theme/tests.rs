//! What the styles promise: they can be read in every usual palette.

use super::*;

/// The least contrast between a style and what lies behind it (WCAG 2, for large text and signs).
const LEAST: f64 = 3.0;

/// A palette as terminals come with it.
struct Palette {
    name: &'static str,
    ground: Ground,
    text: u32,
    back: u32,
    /// Black, red, green, yellow, blue, magenta, cyan, white; then the bright ones.
    sixteen: [u32; 16],
}

const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f,
    0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];
const SOLARIZED: [u32; 16] = [
    0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36,
    0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
];

const PALETTES: [Palette; 9] = [
    Palette { name: "xterm on white", ground: Ground::Light, text: 0, back: 0xff_ffff, sixteen: XTERM },
    Palette {
        name: "GNOME light (Tango)",
        ground: Ground::Light,
        text: 0x2e_3436,
        back: 0xee_eeec,
        sixteen: [
            0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf,
            0x55_5753, 0xef_2929, 0x8a_e234, 0xfc_e94f, 0x72_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec,
        ],
    },
    Palette {
        name: "Solarized Light",
        ground: Ground::Light,
        text: 0x65_7b83,
        back: 0xfd_f6e3,
        sixteen: SOLARIZED,
    },
    Palette {
        name: "macOS Terminal Basic",
        ground: Ground::Light,
        text: 0,
        back: 0xff_ffff,
        sixteen: [
            0x00_0000, 0x99_0000, 0x00_a600, 0x99_9900, 0x00_00b2, 0xb2_00b2, 0x00_a6b2, 0xbf_bfbf,
            0x66_6666, 0xe5_0000, 0x00_d900, 0xe5_e500, 0x00_00ff, 0xe5_00e5, 0x00_e5e5, 0xe5_e5e5,
        ],
    },
    Palette {
        name: "One Half Light",
        ground: Ground::Light,
        text: 0x38_3a42,
        back: 0xfa_fafa,
        sixteen: [
            0x38_3a42, 0xe4_5649, 0x50_a14f, 0xc1_8401, 0x01_84bc, 0xa6_26a4, 0x09_97b3, 0xfa_fafa,
            0x4f_525d, 0xdf_6c75, 0x98_c379, 0xe4_c07a, 0x61_afef, 0xc5_77dd, 0x56_b5c1, 0xff_ffff,
        ],
    },
    Palette {
        name: "VGA",
        ground: Ground::Dark,
        text: 0xaa_aaaa,
        back: 0,
        sixteen: [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
            0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
    },
    Palette {
        name: "Solarized Dark",
        ground: Ground::Dark,
        text: 0x83_9496,
        back: 0x00_2b36,
        sixteen: SOLARIZED,
    },
    Palette { name: "xterm on black", ground: Ground::Dark, text: 0xe5_e5e5, back: 0, sixteen: XTERM },
    Palette {
        name: "One Half Dark",
        ground: Ground::Dark,
        text: 0xdc_dfe4,
        back: 0x28_2c34,
        sixteen: [
            0x28_2c34, 0xe0_6c75, 0x98_c379, 0xe5_c07b, 0x61_afef, 0xc6_78dd, 0x56_b6c2, 0xdc_dfe4,
            0x5a_6374, 0xe0_6c75, 0x98_c379, 0xe5_c07b, 0x61_afef, 0xc6_78dd, 0x56_b6c2, 0xdc_dfe4,
        ],
    },
];

const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

fn parts(colour: u32) -> [f64; 3] {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue].map(f64::from)
}

/// A colour of the fixed ones: a cube of six steps a side, and greys.
fn indexed(at: u8) -> [f64; 3] {
    if at >= 232 {
        return [f64::from(8 + (at - 232) * 10); 3];
    }
    let step = |n: u8| if n == 0 { 0.0 } else { f64::from(55 + 40 * n) };
    let at = at - 16;
    [step(at / 36), step(at / 6 % 6), step(at % 6)]
}

impl Palette {
    /// The colour in which a style is drawn, as red, green and blue; faint is half of it.
    fn drawn(&self, style: Style) -> [f64; 3] {
        let full = match style.fg {
            None => parts(self.text),
            Some(Color::Indexed(at)) => indexed(at),
            Some(named) => parts(self.sixteen[NAMED.iter().position(|known| *known == named).unwrap()]),
        };
        if !style.add_modifier.contains(Modifier::DIM) {
            return full;
        }
        let back = parts(self.back);
        [0, 1, 2].map(|at| f64::midpoint(full[at], back[at]))
    }

    fn contrast(&self, style: Style) -> f64 {
        let luminance = |colour: [f64; 3]| {
            let [red, green, blue] = colour.map(|part| {
                let part = part / 255.0;
                if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.212_6 * red + 0.715_2 * green + 0.072_2 * blue
        };
        let (one, other) = (luminance(self.drawn(style)), luminance(parts(self.back)));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

fn styles(theme: &Theme) -> [(&'static str, Style); 12] {
    [
        ("text", theme.text),
        ("faint", theme.faint),
        ("accent", theme.accent),
        ("good", theme.good),
        ("look", theme.look),
        ("bad", theme.bad),
        ("heading", theme.heading),
        ("key", theme.key),
        ("found", theme.found),
        ("mark", theme.mark),
        ("syntax name", theme.syntax_name),
        ("syntax value", theme.syntax_value),
    ]
}

/// The styles that can't be read in some palette of that many colours.
fn unreadable(colours: Colours) -> Vec<String> {
    let mut unreadable = Vec::new();
    for palette in &PALETTES {
        for (name, style) in styles(&Theme::of(palette.ground, colours)) {
            let contrast = palette.contrast(style);
            if contrast < LEAST {
                unreadable.push(format!("{name} in {}: {contrast:.1}", palette.name));
            }
        }
    }
    unreadable
}

#[test]
fn every_style_can_be_read_in_every_palette() {
    assert_eq!(unreadable(Colours::Many), [""; 0]);
    // What is faint is then for the terminal to draw, and there is no grey to take in its place.
    let few = unreadable(Colours::Sixteen);
    assert!(few.iter().all(|told| told.starts_with("faint ")), "{few:?}");
}

#[test]
fn the_colours_for_a_dark_ground_can_not_be_read_on_a_light_one() {
    let white = &PALETTES[0];
    let dark = Theme::of(Ground::Dark, Colours::Many);
    assert!(white.contrast(dark.look) < 2.0 && white.contrast(dark.accent) < 2.5);
}

#[test]
fn what_is_good_to_be_looked_at_and_bad_are_told_apart() {
    for ground in [Ground::Dark, Ground::Light] {
        for colours in [Colours::None, Colours::Sixteen, Colours::Many] {
            let theme = Theme::of(ground, colours);
            assert_ne!(theme.good, theme.look, "{ground:?} {colours:?}");
            assert_ne!(theme.good, theme.bad, "{ground:?} {colours:?}");
            assert_ne!(theme.text, theme.accent, "{ground:?} {colours:?}");
            assert_eq!(theme.on(Ground::Dark), Theme::of(Ground::Dark, colours));
        }
    }
}

#[test]
fn without_colours_there_are_none() {
    for ground in [Ground::Dark, Ground::Light] {
        let theme = Theme::of(ground, Colours::None);
        let has_none = |(_, style): &(&str, Style)| style.fg.is_none() && style.bg.is_none();
        assert!(styles(&theme).iter().all(has_none));
        assert_eq!(theme, Theme::plain());
    }
    assert_eq!(Theme::of_terminal(Choice::None), Theme::plain());
}
