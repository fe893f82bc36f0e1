//! What the board promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Verb};
use crate::example::{
    Author, AuthorKind, Details, Example, Kind, Prompt, Ranking, Response, Timestamp, Uuid,
};
use crate::tui::harness::Harness;

/// Thirty-six examples of three models, ranked by three people: ana and ben by the model, with slips; eva
/// prefers what she saw first.
fn ranked(dataset: &mut Dataset) {
    for n in 0..36_usize {
        let model = |name: &str| Author { name: name.to_owned(), kind: AuthorKind::Model };
        let responses: Vec<Response> =
            [("large", "a long and careful"), ("middle", "a fair"), ("small", "an")]
                .map(|(name, word)| Response::new(Some(model(name)), format!("{word} answer {n}")))
                .to_vec();
        let ids: Vec<Uuid> = responses.iter().map(|response| response.id).collect();
        let order = |places: [usize; 3]| places.iter().map(|&at| vec![ids[at]]).collect::<Vec<_>>();
        let shown = |turn: usize| (0..3).map(|at| ids[(at + turn) % 3]).collect::<Vec<_>>();
        let by = |name: &str, tiers: Vec<Vec<Uuid>>, presented: Vec<Uuid>| Ranking {
            presented,
            at: Timestamp(1_000 + i64::try_from(n).unwrap()),
            details: Details { millis: Some(9_000 + 100 * u32::try_from(n).unwrap()), ..Details::default() },
            ..Ranking::new(name, tiers)
        };
        let ana = if n % 6 == 0 { [1, 0, 2] } else { [0, 1, 2] };
        let ben = if n % 4 == 0 { [0, 2, 1] } else { [0, 1, 2] };
        let eva = shown(n + 1);
        let mut rankings = vec![
            by("ana", order(ana), shown(n)),
            by("ben", order(ben), shown(n / 2)),
            by("eva", eva.iter().map(|&id| vec![id]).collect(), eva.clone()),
        ];
        if n == 7 {
            // One says otherwise of each pair: most say a over b, b over c and c over a.
            rankings[0].tiers = order([0, 1, 2]);
            rankings[1].tiers = order([1, 2, 0]);
            rankings[2].tiers = order([2, 0, 1]);
        }
        let prompt = Prompt::user(format!("question {n}"));
        let example = Example { responses, rankings, ..Example::new(Kind::Preference, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

fn board(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(ranked, cells, rows);
    harness.keys("g k");
    harness
}

#[test]
fn the_board_says_what_it_takes_where_nothing_is_ranked() {
    insta::assert_snapshot!("agreement_80x24", Harness::sample(80, 24).keys("g k").screen());
}

#[test]
fn the_board_says_how_far_people_agree_and_what_they_prefer() {
    insta::assert_snapshot!("agreement_160x50", board(160, 50).screen());
    insta::assert_snapshot!("agreement_narrow", board(80, 80).screen());
}

#[test]
fn the_board_follows_what_is_ranked_and_leads_to_the_examples() {
    let mut harness = board(160, 50);
    assert!(harness.screen().contains("36 examples with 108 rankings"), "{}", harness.screen());
    let first = harness.reader().example(1).unwrap().unwrap();
    let ids: Vec<Uuid> = first.responses.iter().map(|response| response.id).collect();
    let rank = Verb::Rank {
        example: 1,
        tiers: ids.iter().map(|&id| vec![id]).collect(),
        bad: Vec::new(),
        presented: ids,
        details: Box::new(Details::default()),
        submit: false,
    };
    harness.elsewhere("zoe", &rank);
    harness.look();
    assert!(harness.screen().contains("36 examples with 109 rankings"), "{}", harness.screen());
    // Down to the last line that leads somewhere: the examples in a circle.
    let screen = harness.keys("j j j j j enter").screen();
    assert!(screen.contains("/ is:circular") && screen.contains("1 of 1"), "{screen}");
}

#[test]
fn a_place_that_decides_more_than_chance_is_marked() {
    let screen = board(160, 50).screen();
    let eva = screen.lines().rfind(|line| line.trim_start().starts_with("eva ")).unwrap();
    assert!(eva.contains("100 %!"), "{screen}");
    let ana = screen.lines().rfind(|line| line.trim_start().starts_with("ana ")).unwrap();
    assert!(ana.contains("50 %  "), "{screen}");
    assert!(screen.contains("! the place on the screen decides more than chance would"), "{screen}");
}
