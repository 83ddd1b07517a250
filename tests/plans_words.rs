//! The words of the plans are ours: no run of eight words of the sources stands anywhere in the
//! plans, their tests or their documentation. And they keep the tone: no blame, no exclamation.

use bright_spots::plans::content::{
    assessment, conversation, partners, peers, reasons, strategies, team, tests_of_change,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['’', '\''], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn no_eight_words_in_a_row_come_from_the_sources() {
    let data = std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let sources = PathBuf::from(data).join("../sources");
    if !sources.is_dir() {
        println!("SKIPPED: {} is not here", sources.display());
        return;
    }
    let mut texts = Vec::new();
    files(&sources, &mut texts);
    let mut runs = BTreeSet::new();
    for path in &texts {
        let all = words(&std::fs::read_to_string(path).expect("a text"));
        runs.extend(all.windows(8).map(|w| w.join(" ")));
    }
    assert!(runs.len() > 3000, "the sources hold more than {} runs", runs.len());

    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut ours = Vec::new();
    files(&home.join("src/plans"), &mut ours);
    files(&home.join("tests/fixtures/plans"), &mut ours);
    for test in std::fs::read_dir(home.join("tests")).expect("tests").flatten() {
        if test.file_name().to_string_lossy().starts_with("plans") && test.path().is_file() {
            ours.push(test.path());
        }
    }
    ours.push(home.join("docs/worksheets.md"));
    assert!(ours.len() > 40);
    let mut copied = Vec::new();
    for path in &ours {
        let all = words(&std::fs::read_to_string(path).expect("a text"));
        copied.extend(
            all.windows(8)
                .map(|w| w.join(" "))
                .filter(|w| runs.contains(w))
                .map(|w| format!("{}: {w}", path.display())),
        );
    }
    assert!(copied.is_empty(), "copied from the sources:\n{}", copied.join("\n"));
}

/// Every sentence of the content.
fn sentences() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut prompts = |list: &[bright_spots::plans::content::Prompt]| {
        all.extend(list.iter().flat_map(|p| [p.title.to_owned(), p.hint.to_owned()]));
    };
    prompts(&team::FUNCTIONS);
    prompts(&assessment::ELEMENTS);
    prompts(&partners::TYPES);
    prompts(&partners::COALITIONS);
    prompts(&partners::AUDIENCES);
    prompts(&partners::ORGANISING);
    prompts(&partners::WAYS_TO_FIND);
    prompts(&peers::PRODUCTS);
    prompts(&peers::CRITERIA);
    prompts(&peers::NETWORK);
    prompts(&tests_of_change::FIELDS);
    prompts(&tests_of_change::QUESTIONS);
    for part in &peers::KIT {
        prompts(part.questions);
    }
    all.extend(reasons::EXAMPLES.iter().map(|e| e.text.to_owned()));
    all.extend(strategies::STRATEGIES.iter().flat_map(|s| [s.name.to_owned(), s.what.to_owned()]));
    for step in &conversation::STEPS {
        all.extend(step.key_points.iter().map(|p| (*p).to_owned()));
        all.extend(step.prompts.iter().map(|p| p.text.to_owned()));
    }
    all
}

#[test]
fn the_tone_is_kept() {
    for text in sentences() {
        assert!(!text.contains('!'), "{text}");
        let lower = text.to_lowercase();
        for word in ["truant", "fault", "excuse for", "must not", "stakeholder", "leverage"] {
            assert!(!lower.contains(word), "{word:?} in {text:?}");
        }
    }
}

#[test]
fn lists_are_whole_and_their_keys_unlike() {
    let unlike = |keys: Vec<&str>| {
        let n = keys.len();
        assert_eq!(keys.into_iter().collect::<BTreeSet<_>>().len(), n);
        n
    };
    assert_eq!(unlike(team::FUNCTIONS.iter().map(|p| p.key).collect()), 5);
    assert_eq!(unlike(assessment::ELEMENTS.iter().map(|p| p.key).collect()), 11);
    assert_eq!(unlike(partners::TYPES.iter().map(|p| p.key).collect()), 16);
    assert_eq!(unlike(partners::COALITIONS.iter().map(|p| p.key).collect()), 4);
    assert_eq!(unlike(conversation::STEPS.iter().map(|s| s.key).collect()), 5);
    assert_eq!(unlike(strategies::STRATEGIES.iter().map(|s| s.key).collect()), 26);
    let of = |tier| strategies::STRATEGIES.iter().filter(|s| s.tier == tier).count();
    use bright_spots::plans::model::StrategyTier::{One, Three, Two};
    assert_eq!((of(One), of(Two), of(Three)), (15, 8, 3));
    assert_eq!(peers::SUPPORTS.len(), 4);
    let _ = unlike(peers::KIT.iter().flat_map(|p| p.questions).map(|q| q.key).collect());
    let reasons: BTreeSet<&str> = reasons::EXAMPLES.iter().map(|e| e.key).collect();
    for entry in &strategies::STRATEGIES {
        assert!(!entry.families.is_empty() && !entry.reasons.is_empty(), "{}", entry.key);
        for reason in entry.reasons {
            assert!(reasons.contains(reason), "{} answers an unknown reason {reason}", entry.key);
        }
    }
    for example in &reasons::EXAMPLES {
        let answered = strategies::STRATEGIES.iter().any(|s| s.families.contains(&example.family));
        assert!(answered, "{}", example.key);
    }
}

/// Every list that a session shows beside a step has its Spanish.
#[test]
fn what_participants_read_of_these_lists_stands_in_spanish() {
    use bright_spots::plans::content::spanish::spanish;
    use bright_spots::plans::model::{Family, FamilySet, Sharing, StrategyTier};
    let mut all: Vec<&str> = Vec::new();
    let mut prompts = |list: &[bright_spots::plans::content::Prompt]| {
        for p in list {
            all.extend([p.title, p.hint]);
        }
    };
    for list in [&partners::TYPES[..], &partners::WAYS_TO_FIND, &assessment::ELEMENTS, &tests_of_change::FIELDS] {
        prompts(list);
    }
    for list in [&tests_of_change::QUESTIONS[..], &peers::NETWORK, &team::FUNCTIONS] {
        prompts(list);
    }
    for level in [Sharing::Nothing, Sharing::Aggregate, Sharing::Groups, Sharing::NamedWithConsent] {
        prompts(&[partners::sharing(level)]);
    }
    for part in &peers::KIT {
        prompts(part.questions);
    }
    all.extend(peers::KIT.iter().map(|part| part.title));
    all.extend(peers::SUPPORTS.iter().flat_map(|s| [s.name, s.what]));
    all.push(peers::PURPOSE);
    all.extend(reasons::EXAMPLES.iter().map(|e| e.text));
    for family in [Family::Misconceptions, Family::Barriers, Family::Aversion, Family::Disengagement] {
        all.extend([reasons::name(FamilySet::Four, family), reasons::question(family)]);
    }
    all.extend(strategies::STRATEGIES.iter().flat_map(|s| [s.name, s.what]));
    all.extend([StrategyTier::One, StrategyTier::Two, StrategyTier::Three].map(strategies::tier_name));
    all.extend(conversation::STEPS.iter().flat_map(|s| [s.title, s.aim]));
    all.extend(conversation::STEPS.iter().flat_map(|s| s.key_points.iter().copied()));
    let missing: BTreeSet<&str> = all.into_iter().filter(|t| !t.is_empty() && spanish(t).is_none()).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
