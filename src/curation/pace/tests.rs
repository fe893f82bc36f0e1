use super::*;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const TODAY: i64 = 20_422;

fn act(day: i64, minute: i64, work: Option<(i64, Work)>) -> Act {
    let did = work.map_or(Did::Other, |(example, work)| Did::Work(example, work));
    Act { at: day * DAY + minute * MINUTE, day, person: 0, stands: true, did, turned: Vec::new() }
}

/// Writes an example and submits it with that.
fn submits(day: i64, minute: i64, example: i64) -> Act {
    Act { turned: vec![(example, true)], ..act(day, minute, Some((example, Work::Write))) }
}

fn pace(acts: &[Act]) -> Pace {
    Pace::of(acts, vec!["ana".to_owned(), "bo".to_owned()], TODAY, 8)
}

fn seconds(acts: &[Act]) -> Vec<(Work, f64)> {
    timed(acts).iter().map(|one| (one.work, one.seconds)).collect()
}

#[test]
fn the_time_of_an_example_is_that_of_all_its_actions_without_breaks() {
    let acts = [
        act(0, 0, Some((1, Work::Write))),
        act(0, 1, Some((2, Work::Write))),
        act(0, 2, Some((2, Work::Write))),
        act(0, 3, None),
        act(0, 60, Some((3, Work::Write))),
        act(0, 61, Some((4, Work::Rank))),
        act(0, 62, Some((4, Work::Review))),
    ];
    // The first has nothing before it, and before the third there was a break.
    assert_eq!(seconds(&acts), [(Work::Write, 120.0), (Work::Rank, 60.0), (Work::Review, 60.0)]);
    // What a script does in no time is no work by hand.
    let quick = Act { at: 100, ..act(0, 0, Some((6, Work::Write))) };
    assert_eq!(seconds(&[act(0, 0, None), quick]), []);
}

#[test]
fn what_follows_a_change_of_many_examples_took_no_known_time() {
    let import = |minute| Act { did: Did::Bulk, ..act(TODAY, minute, None) };
    let acts = [
        act(TODAY, 0, Some((1, Work::Write))),
        act(TODAY, 2, Some((2, Work::Write))),
        import(3),
        // Ten minutes of looking at what came, and of writing.
        act(TODAY, 13, Some((3, Work::Write))),
        act(TODAY, 15, Some((4, Work::Write))),
    ];
    assert_eq!(seconds(&acts), [(Work::Write, 120.0), (Work::Write, 120.0)]);
    assert!((pace(&acts).hours() * 60.0 - 5.0).abs() < 1e-9, "and nobody knows that they were at work");
    // Who goes on with the very example is timed from then on.
    let same = [import(0), act(TODAY, 10, Some((1, Work::Write))), act(TODAY, 11, Some((1, Work::Write)))];
    assert_eq!(seconds(&same), [(Work::Write, 60.0)]);
}

#[test]
fn people_are_timed_each_by_their_own_clock() {
    let by_bo = |minute, example| Act { person: 1, ..act(0, minute, Some((example, Work::Rank))) };
    let acts = [act(0, 0, None), by_bo(1, 1), act(0, 4, Some((2, Work::Write))), by_bo(3, 2)];
    let found = timed(&acts);
    let told: Vec<(usize, i64, f64)> =
        found.iter().map(|one| (one.person, one.example, one.seconds)).collect();
    assert_eq!(told, [(0, 2, 240.0), (1, 2, 120.0)]);
}

#[test]
fn an_example_counts_once_on_the_day_on_which_it_last_became_usable() {
    let back = Act { turned: vec![(1, false)], ..act(TODAY - 2, 30, None) };
    let acts = [submits(TODAY - 3, 0, 1), submits(TODAY - 3, 5, 2), back, submits(TODAY - 1, 0, 1)];
    let pace = pace(&acts);
    let finished: Vec<(i64, &[i64])> = pace
        .days
        .iter()
        .filter(|day| !day.finished.is_empty())
        .map(|day| (TODAY - day.day, day.finished.as_slice()))
        .collect();
    assert_eq!(finished, [(3, &[2][..]), (1, &[1][..])]);
    assert_eq!((pace.finished(), pace.days.len(), pace.today().map(|day| day.day)), (2, 56, Some(TODAY)));
    assert_eq!(pace.weeks().iter().map(|week| week.finished).sum::<u64>(), 2);
    assert_eq!(pace.days[52].by, [(0, 1)]);
}

#[test]
fn what_was_undone_is_not_finished_but_took_its_time() {
    let undone = Act { stands: false, ..submits(TODAY, 5, 2) };
    let pace = pace(&[submits(TODAY, 0, 1), undone]);
    assert_eq!(pace.today().map(|day| day.finished.clone()), Some(vec![1]));
    assert!((pace.hours() - 5.0 / 60.0).abs() < 1e-12);
    assert_eq!(pace.timed, []);
}

#[test]
fn breaks_and_what_lies_outside_of_the_weeks_are_no_time_at_work() {
    let acts = [
        act(TODAY - 70, 0, None),
        act(TODAY - 70, 5, None),
        act(TODAY, 0, None),
        act(TODAY, 10, None),
        act(TODAY, 26, None),
        act(TODAY + 1, 0, None),
    ];
    let pace = pace(&acts);
    assert!((pace.hours() * 60.0 - 10.0).abs() < 1e-9);
    assert_eq!((pace.worked(), pace.finished(), pace.hours_each()), (1, 0, None));
}

#[test]
fn the_rate_is_that_of_the_last_fifty_by_person_and_kind() {
    let of = |work, seconds| Timed { person: 0, work, example: 1, seconds };
    let mut all: Vec<Timed> = (0..10).map(|_| of(Work::Rank, 600.0)).collect();
    all.extend((0..50).map(|_| of(Work::Rank, 60.0)));
    all.extend((0..4).map(|_| of(Work::Write, 300.0)));
    all.extend((0..5).map(|_| Timed { person: 1, ..of(Work::Write, 300.0) }));
    let found = rates(&all, By::PersonAndKind);
    let told: Vec<_> =
        found.iter().map(|rate| (rate.person, rate.work, rate.speed.map(|speed| speed.per_hour))).collect();
    // Of ana's writing too little is known.
    assert_eq!(
        told,
        [
            (Some(0), Some(Work::Write), None),
            (Some(0), Some(Work::Rank), Some(60.0)),
            (Some(1), Some(Work::Write), Some(12.0))
        ]
    );
    assert_eq!(found[1].examples.len(), 60);
    assert!((found[1].hours - (6_000.0 + 3_000.0) / 3_600.0).abs() < 1e-9);
    assert_eq!(rates(&all, By::Person).len(), 2);
    let kinds = rates(&all, By::Kind);
    assert_eq!((kinds[0].speed.map(|speed| speed.of), kinds[1].work), (Some(9), Some(Work::Rank)));
}

/// Days on which so many were finished, today last.
fn days(finished: &[usize]) -> Vec<Day> {
    let day = |(at, &n): (usize, &usize)| Day {
        day: i64::try_from(at).unwrap_or_default(),
        finished: (0..n).map(|id| i64::try_from(id).unwrap_or_default()).collect(),
        ..Day::default()
    };
    finished.iter().enumerate().map(day).collect()
}

#[test]
fn the_forecast_goes_by_the_days_that_were_worked() {
    // Ten on each of five days of seven; what is finished today is not over yet.
    let met = forecast(&days(&[0, 0, 10, 10, 10, 0, 0, 10, 10, 3]), Some(100));
    let Forecast::MetBy(arrival) = met else { panic!("{met:?}") };
    assert_eq!((arrival.worked, arrival.of), (5, 7));
    // 10 days of work of which there are five in seven; all days alike leave no band.
    assert_eq!((arrival.earliest, arrival.days, arrival.latest), (14, 14, 14));
    // m = 4, v = 6.5: 100 / 4 = 25 days of work, ± 1.64 · √(100 · 6.5 / 64) = 5.2.
    let met = forecast(&days(&[1, 3, 4, 4, 8, 0]), Some(100));
    let Forecast::MetBy(arrival) = met else { panic!("{met:?}") };
    assert_eq!((arrival.earliest, arrival.days, arrival.latest), (20, 25, 31));
}

#[test]
fn of_few_days_the_band_is_no_narrower_than_chance() {
    // m = v = 4: 1.64 · √(100 · 4 / 64) = 4.1 days.
    let met = forecast(&days(&[4, 4, 0]), Some(100));
    let Forecast::MetBy(arrival) = met else { panic!("{met:?}") };
    assert_eq!((arrival.earliest, arrival.days, arrival.latest), (21, 25, 30));
}

#[test]
fn where_nothing_is_done_nothing_is_promised() {
    assert_eq!(forecast(&days(&[5, 5]), None), Forecast::NoTargets);
    assert_eq!(forecast(&days(&[5, 5]), Some(0)), Forecast::Met);
    assert_eq!(forecast(&[], Some(5)), Forecast::NotAtThisRate);
    let mut quiet = vec![9; 20];
    quiet.extend([0; 14]);
    assert_eq!(forecast(&days(&quiet), Some(5)), Forecast::NotAtThisRate);
    assert_eq!(forecast(&days(&[0, 9, 4]), Some(5)), Forecast::TooEarly { worked: 1 });
    assert_eq!(forecast(&days(&[1, 1, 1]), Some(u64::MAX)), Forecast::NotAtThisRate);
}

#[test]
fn an_example_costs_what_all_work_together_cost() {
    let mut acts = Vec::new();
    for n in 0..10 {
        // Six minutes each, of which the first of a day is not known.
        acts.push(act(TODAY - n, 0, None));
        acts.push(submits(TODAY - n, 6, n));
    }
    acts.sort_by_key(|act| act.at);
    let pace = pace(&acts);
    let money = |amount: f64| Money::try_from(amount).unwrap_or_else(|why| panic!("{why}"));
    let hourly = spending(&pace, Wage::PerHour(money(40.0)), Some(50));
    assert!((hourly.so_far - 40.0).abs() < 1e-9);
    assert!(hourly.each.is_some_and(|each| (each - 4.0).abs() < 1e-9));
    let band = hourly.to_targets.map(|band| (band.low.round(), band.about.round(), band.high.round()));
    assert_eq!(band, Some((200.0, 200.0, 200.0)), "all took the same time");
    let each = spending(&pace, Wage::PerExample(money(2.5)), Some(50));
    assert_eq!((each.so_far, each.each), (25.0, Some(2.5)));
    assert_eq!(each.to_targets, Some(Band { low: 125.0, about: 125.0, high: 125.0 }));
    let nothing = spending(&Pace::default(), Wage::PerHour(money(40.0)), Some(50));
    assert_eq!((nothing.so_far, nothing.each, nothing.to_targets), (0.0, None, None));
}

#[test]
fn a_wage_is_read_as_people_write_it() {
    let read = |typed: &str| Wage::parse(typed).map(|wage| wage.to_string());
    for typed in ["40/h", "40 an hour", " 40.00 per hour", "40 / hour"] {
        assert_eq!(read(typed), Ok("40.00 an hour".to_owned()), "{typed}");
    }
    for typed in ["2,5 each", "2.50 an example", "2.5/example"] {
        assert_eq!(read(typed), Ok("2.50 each".to_owned()), "{typed}");
    }
    for (typed, reason) in
        [("40", "say of what"), ("much an hour", "a number from 0"), ("-3/h", "a number from 0")]
    {
        assert!(read(typed).is_err_and(|why| why.contains(reason)), "{typed}");
    }
    assert!(Money::try_from(f64::NAN).is_err() && Money::try_from(-1.0).is_err());
    assert!(serde_json::from_str::<Wage>(r#"{"per_hour": -4}"#).is_err());
    let wage = Wage::parse("40/h").ok();
    let kept = serde_json::to_string(&wage).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Option<Wage>>(&kept).ok(), Some(wage));
}
