//! Scores on the labelled files of others: dialects (CSVsniffer), polluted tables (Pollock), parse truth (csv-spectrum
//! and csv-test-data). Skips aloud where the data is not there.

#[path = "suites/mod.rs"]
mod suites;

use suites::{dialects, parse_truth, pollock};

#[test]
fn dialects_of_the_annotated_files() {
    let Some(root) = suites::root() else { return };
    let scores = dialects::run(&root);
    for miss in &scores.misses {
        println!("miss: {miss}");
    }
    println!("dialects: {} of {}", scores.right, scores.files);
    assert!(scores.files >= 28, "the annotated files went missing");
    assert!(scores.right * 100 >= scores.files * 98, "{} of {}", scores.right, scores.files);
}

#[test]
fn polluted_files_score_at_least_the_best_published_reader() {
    let Some(root) = suites::root() else { return };
    let scores = pollock::run(&root);
    for file in scores.files.iter().filter(|f| f.total() < 9.9) {
        println!("{:6.3} x {:7.2}  {}", file.total(), file.weight, file.name);
    }
    println!("simple {:.4}, weighted {:.4} over {} files", scores.simple(), scores.weighted(), scores.files.len());
    assert!(scores.weighted() >= 9.9);
}

#[test]
fn parse_truth_of_the_small_suites() {
    let Some(root) = suites::root() else { return };
    let scores = parse_truth::run(&root);
    assert!(scores.misses.is_empty(), "{:#?}", scores.misses);
    assert!(scores.files >= 29);
}
