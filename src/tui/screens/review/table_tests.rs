//! What the table of everybody's rankings promises.

#![allow(clippy::unwrap_used)]

use super::table::{Given, Table};
use crate::example::{Details, Example, Kind, Prompt, Ranking, Rating, Response, Standing, Uuid};
use crate::tui::theme::Theme;

fn example() -> (Example, Vec<Uuid>) {
    let responses = ["a", "b", "c"].map(|text| Response::new(None, text));
    let ids = responses.iter().map(|response| response.id).collect();
    (Example { responses: responses.to_vec(), ..Example::new(Kind::Preference, Prompt::user("?")) }, ids)
}

fn ranked(name: &str, tiers: &[&[Uuid]], bad: &[Uuid]) -> Ranking {
    Ranking { bad: bad.to_vec(), ..Ranking::new(name, tiers.iter().map(|tier| tier.to_vec()).collect()) }
}

fn text(table: &Table, cells: usize) -> String {
    let lines = table.lines(cells, true, &Theme::plain());
    lines.iter().flat_map(|line| [line.to_string().trim_end().to_owned(), "\n".to_owned()]).collect()
}

#[test]
fn who_differs_from_what_most_say_is_marked_and_nobody_else() {
    let (mut example, ids) = example();
    let (a, b, c) = (ids[0], ids[1], ids[2]);
    example.rankings = vec![
        ranked("ana", &[&[a], &[b], &[c]], &[]),
        ranked("bo", &[&[a], &[c], &[b]], &[]),
        ranked("cy", &[&[a], &[b]], &[c]),
    ];
    let table = Table::of(&example, &ids);
    assert_eq!(
        table.rows[0].given.iter().map(|(_, differs)| *differs).collect::<Vec<_>>(),
        [false, false, true]
    );
    // Two of three put b second; nobody's place of c is what most say.
    assert_eq!(table.rows[1].given[1], (Given::Place(3), true));
    assert_eq!(table.rows[2].given[2], (Given::Bad, true));
    insta::assert_snapshot!("table_majority", text(&table, 80));
}

#[test]
fn what_is_said_beside_the_order_stands_beside_it_or_below() {
    let (mut example, ids) = example();
    let details = Details {
        strength: Some(3),
        reasons: vec!["shorter".to_owned(), "names the order number".to_owned()],
        millis: Some(12_300),
        ratings: vec![
            Rating { response: ids[0], criterion: "helpful".to_owned(), value: 4 },
            Rating { response: ids[1], criterion: "helpful".to_owned(), value: 2 },
        ],
        ..Details::default()
    };
    let cannot = Details { cannot: Some("not my subject".to_owned()), ..Details::default() };
    example.rankings = vec![
        Ranking { details, ..ranked("ana", &[&[ids[0]], &[ids[1], ids[2]]], &[]) },
        Ranking { details: cannot, ..ranked("bo", &[], &[]) },
    ];
    let table = Table::of(&example, &ids);
    insta::assert_snapshot!("table_beside", text(&table, 100));
    insta::assert_snapshot!("table_below", text(&table, 56));
}

#[test]
fn a_deciding_ranking_says_so() {
    let (mut example, ids) = example();
    let details = Details { standing: Standing::Gold, ..Details::default() };
    example.rankings = vec![
        ranked("ana", &[&[ids[1]], &[ids[0]], &[ids[2]]], &[]),
        Ranking { details, ..ranked("rita", &[&[ids[0]], &[ids[1]], &[ids[2]]], &[]) },
    ];
    insta::assert_snapshot!("table_decided", text(&Table::of(&example, &ids), 80));
}

#[test]
fn what_nobody_ranked_has_no_table() {
    let (example, ids) = example();
    assert!(Table::of(&example, &ids).lines(80, true, &Theme::plain()).is_empty());
}
