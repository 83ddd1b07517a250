//! Which of several columns of a public file is about all students of the school in the latest year, by the words of
//! their headers.

use super::group_headers::{is_bare_chronic, is_bare_count, is_bare_rate, is_enrollment, of_group_header};
use super::reading::Column;
use super::roles::Role;

/// The words of a header, in lower case.
pub(super) fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in header.chars() {
        if !c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether words are about a group of students or a grade.
pub(super) fn is_of_group(header: &str) -> bool {
    let words = words(header);
    let from_k = |pair: &[String]| is_one_of(&pair[0], "k pk tk kg prek 1") && pair[1] == "12";
    let all = || words.iter().any(|word| is_one_of(word, "all k12")) || words.windows(2).any(from_k);
    words.iter().any(|word| is_one_of(word, GROUPS) || is_one_of(word, "grade grades") && !all())
}

/// Whether a number is about some students only, or measures a school against others.
pub(super) fn is_of_some(header: &str) -> bool {
    // A level of attendance that says its bound is a percent of students.
    let is_level = |word: &str| word == "level" && header.contains("90");
    let is_yes = header.to_ascii_lowercase().contains("y/n");
    is_of_group(header) || is_yes || words(header).iter().any(|word| is_one_of(word, OTHERS) && !is_level(word))
}

/// In lower case, and “per cent” in one word.
fn lower(header: &str) -> String {
    header.to_ascii_lowercase().replace("per cent", "percent")
}

/// The percents that a header names as bounds, each with what stands before it.
fn bounds(header: &str) -> Vec<(f64, String)> {
    let header = lower(header).replace("percent", "%");
    let bound = |(at, mark): (usize, &str)| {
        let before = header[..at].trim_end();
        let rest = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        // The end of a year: 2023-24 %, SY24 %.
        let of_year = rest.ends_with('-') && year(&header).is_some() || rest.ends_with(char::is_alphabetic);
        let bound = before[rest.len()..].parse::<f64>().ok().filter(|bound| *bound <= 100.0 && !of_year)?;
        // So many days are another bound than so many percent.
        let of_days = mark == "+" && header[at + 1..].trim_start().starts_with("day") && !header.contains("enrol");
        Some((if of_days { f64::NAN } else { bound }, rest.trim_end().to_string()))
    };
    header.match_indices(['%', '+']).filter_map(bound).collect()
}

/// Whether a number is of the days or of a part of the chronically absent, not of students who are: “Average days missed
/// by chronically absent students”, “Percent of chronically absent students with a plan”.
pub(super) fn is_about_them(header: &str) -> bool {
    let words = words(header);
    let at = |list: &str| words.iter().position(|word| is_one_of(word, list));
    let chronic = words.iter().position(|word| word.starts_with("chron"));
    let of_days = at("days absences").is_some_and(|days| Some(days) < chronic)
        && at("average avg mean median total sum lost").is_some();
    let further = words.windows(2).any(|pair| {
        is_one_of(&pair[0], "students pupils absentees")
            && is_one_of(&pair[1], "who with that whose receiving also having identified served referred")
    });
    let of_schools = words.windows(2).any(|pair| {
        is_one_of(&pair[0], "schools campuses districts")
            && is_one_of(&pair[1], "with that where above over having meeting")
    });
    // A school's part of all of them.
    let of_all = words
        .windows(3)
        .any(|three| three[0] == "of" && is_one_of(&three[1], "all total") && three[2].starts_with("chron"));
    of_days
        || of_schools
        || of_all
        || further
            && chronic.is_some_and(|chronic| at("students pupils absentees").is_some_and(|students| chronic < students))
}

/// Whether a percent in the header bounds another rate than that of missing 10 %, or attending less than 90 %.
pub(super) fn is_other_band(header: &str) -> bool {
    bounds(header).iter().any(|(bound, _)| *bound != 10.0 && *bound != 90.0) || is_of_days(header)
}

/// Whether a header bounds days absent by a number of them: “15 or more days”, “at least 18 days”.
fn is_of_days(header: &str) -> bool {
    let words = words(&lower(header).replace('%', " percent "));
    let number = |word: &String| word.parse::<u16>().is_ok();
    let is = |at: usize, list: &str| words.get(at).is_some_and(|word| is_one_of(word, list));
    !words.iter().any(|word| word.starts_with("enrol"))
        && (0..words.len()).filter(|&at| number(&words[at])).any(|at| {
            is(at + 1, "or and") && is(at + 2, "more greater above") && is(at + 3, "day days")
                || is(at + 1, "day days") && is(at + 2, "or and") && is(at + 3, "more greater above")
                || at > 0 && is(at - 1, "least over than") && is(at + 1, "day days")
        })
}

/// Whether a header says in so many words that students missed 10 % or more: “absent 10 % or more of days”,
/// “attending less than 90 %”.
pub(super) fn is_ten_percent(header: &str) -> bool {
    let text = lower(header);
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let is_missed = |(bound, before): &(f64, String)| {
        let missed = *bound == 10.0
            && has(&["absen", "miss"])
            && has(&["or more", "and more", "at least", ">", "≥", "+", "or greater", "and above"]);
        let below = ["less than", "below", "under", "<", "≤", "<=", "fewer than"];
        let attended = *bound == 90.0 && has(&["attend"]) && below.iter().any(|word| before.ends_with(word));
        missed || attended
    };
    let bounds = bounds(header);
    !has(&["not ", "without", "sessions", "average"]) && bounds.len() == 1 && bounds.iter().all(is_missed)
}

/// Whether a header is a percent of students who attended so much that they are not chronically absent: “Percent
/// Regular Attenders”, “% of students attending 90 % or more”.
pub(super) fn is_regular(header: &str) -> bool {
    let text = lower(header);
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let name: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_irregular = ["nonregular", "notregular", "irregular", "inconsistent"].iter().any(|word| name.contains(word));
    let named = ["regularattend", "consistentattend", "attendingregularly", "attendedregularly", "attendregularly"]
        .iter()
        .any(|word| name.contains(word))
        && !is_irregular;
    let above = ["or more", "or higher", "or greater", "or above", "and above", "at least", ">", "≥", "+"];
    let below = ["less than", "below", "under", "<", "not "];
    let bounds = bounds(header);
    let bounded = has(&["attend"]) && has(&above) && !has(&below) && bounds.iter().all(|(bound, _)| *bound == 90.0);
    let rest = text.replace("90%", "").replace("90 percent", "").replace("90 %", "");
    let is_percent = ["%", "percent", "pct", "share"].iter().any(|mark| rest.contains(mark));
    is_percent && (named && bounds.is_empty() || bounded && bounds.len() == 1)
}

/// A header without the school year it names.
pub(super) fn without_year(header: &str) -> String {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '_' | ':' | ',' | '(' | ')');
    let is_year = |part: &&str| {
        let digits = part.trim_start_matches(['s', 'f', 'a', 'y', 'S', 'F', 'A', 'Y']);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || "-–/".contains(c)) && year(part).is_some()
    };
    let parts: Vec<&str> = header.split(is_separator).filter(|part| !part.is_empty() && !is_year(part)).collect();
    parts.join(" ")
}

/// Whether a header counts all students of a school in words that say so.
pub(super) fn counts_all(header: &str) -> bool {
    let words = words(&without_year(header).replace("K-12", "K12"));
    let has = |list: &str| words.iter().any(|word| is_one_of(word, list));
    let students = has("students student pupils");
    let all = has(ENROLLED) || has("denominator") || has("total all") && students;
    let is_known = |word: &String| {
        // So many days are needed to be counted.
        let of_days = || is_one_of(word, "days least or more for") || word.bytes().all(|b| b.is_ascii_digit());
        [ENROLLED, SIZE, "denominator total all"].iter().any(|list| is_one_of(word, list)) || students && of_days()
    };
    all && words.iter().all(is_known)
}

const ENROLLED: &str = "roll enrollment enrolment enrollments enrolments enrolled enroll enr headcount membership";
const SIZE: &str = "number num no n count cnt of the in on at to students student pupils pupil school schools schoolwide fall oct october 1 cumulative k12 \
     current this year end adjusted official how many were";

/// Whether nothing in a header keeps its number from being that of all students of the school.
pub(super) fn is_plain(header: &str) -> bool {
    let is_year = |word: &str| word.bytes().filter(u8::is_ascii_digit).count() % 2 == 0;
    words(&header.replace("K-12", "K12")).iter().all(|word| {
        is_one_of(word, PLAIN) || word.trim_start_matches(['s', 'f', 'y']).parse::<u32>().is_ok() && is_year(word)
    })
}

/// Why a column of an earlier year is not used.
pub(super) const LATER: &str = "Another column is of a later year";

/// Why a column is not used while the person has to say which of several is meant.
pub(super) const SEVERAL: &str = "Several columns could be this";

/// Of several columns for one number, the one of the latest year that is about all students of the school. Where
/// the headers do not tell which that is, none is taken.
pub(super) fn settle_columns(columns: &mut [Column]) {
    use Role::{ChronicCount, ChronicRate, GroupSize};
    // Beside irregular absence chronic absence is the last of several bands, far below 10 %.
    let is_banded = columns.iter().any(|c| words(&c.header).iter().any(|word| word == "irregular"));
    let is_band = |c: &Column| is_banded && !is_ten_percent(&c.header);
    for column in columns.iter_mut() {
        if matches!(column.role, ChronicCount | ChronicRate) && is_band(column) {
            column.role = Role::NotUsed;
            column.why = "Beside irregular absence it is one band of several".into();
        }
    }
    let of = |column: &Column| {
        of_group_header(&column.header)
            .filter(|role| matches!(role, ChronicCount | ChronicRate | GroupSize))
            .filter(|role| *role == GroupSize || !is_band(column))
    };
    // Without a name of their own, of chronic absence only beside it.
    let is_bare = |header: &str| is_enrollment(header) || is_bare_count(header) || is_bare_rate(header);
    let of_year = |c: &Column| {
        (of(c).is_some() || c.role == Role::NotUsed && is_bare(&c.header)).then(|| year(&c.header)).flatten()
    };
    let years: Vec<Option<u32>> = columns.iter().map(of_year).collect();
    // A column of the coming year that holds nothing yet is not the latest.
    let is_blank = |c: &Column| c.samples.iter().all(|v| v.trim().is_empty());
    let is_any = |at: usize| !is_blank(&columns[at]) || columns.iter().all(is_blank);
    let latest = (0..years.len()).filter(|&at| is_any(at)).filter_map(|at| years[at]).max();
    let several_years = years.iter().flatten().any(|year| Some(*year) != latest);
    for (column, year) in columns.iter_mut().zip(&years) {
        if column.role == Role::NotUsed && year.is_some() && *year < latest {
            column.why = LATER.into();
        }
    }
    let of_school = columns.iter().any(|c| matches!(c.role, Role::School | Role::SchoolNumber));
    for role in [ChronicCount, ChronicRate, GroupSize] {
        let all: Vec<usize> = (0..columns.len()).filter(|&at| of(&columns[at]).as_ref() == Some(&role)).collect();
        let narrow = |found: &[usize], is: &dyn Fn(usize) -> bool| -> Vec<usize> {
            found.iter().copied().filter(|&at| is(at)).collect()
        };
        let of_larger = |at: usize| words(&columns[at].header).iter().any(|word| is_one_of(word, LARGER));
        let own = narrow(&all, &|at| !(of_school && of_larger(at)));
        let mut found = own.clone();
        if several_years {
            let dated = narrow(&own, &|at| years[at] == latest);
            let is_dated = !dated.is_empty() || own.iter().any(|&at| years[at].is_some());
            found = if is_dated { dated } else { found };
        }
        let preferred: [&dyn Fn(usize) -> bool; 2] =
            [&|at| !is_bare_chronic(&columns[at].header), &|at| is_plain(&columns[at].header)];
        for is in preferred {
            let better = narrow(&found, is);
            found = if better.is_empty() { found } else { better };
        }
        let is_same = found.windows(2).all(|pair| columns[pair[0]].samples == columns[pair[1]].samples);
        let used = found.first().copied().filter(|_| is_same || role == GroupSize);
        for at in all {
            let column = &mut columns[at];
            if Some(at) == used {
                if column.role != role || several_years {
                    column.why = if several_years { "Of the latest year" } else { "By its header" }.into();
                }
                column.role = role.clone();
                continue;
            }
            column.role = Role::NotUsed;
            column.why = match years[at] {
                Some(_) if years[at] < latest => LATER,
                Some(_) if years[at] > latest => "It is empty",
                _ if found.contains(&at) && used.is_none() => SEVERAL,
                _ => "It is not about all students of the school",
            }
            .into();
        }
    }
}

/// A percent of those who are not chronically absent tells it where no other column does.
pub(super) fn settle_opposite(columns: &mut [Column]) {
    use Role::{ChronicCount, ChronicRate, NotChronicRate, NotUsed, Value};
    let is_told = |c: &Column| matches!(c.role, ChronicCount | ChronicRate | Value) || c.why == SEVERAL;
    let of_larger = |c: &Column| words(&c.header).iter().any(|word| is_one_of(word, LARGER));
    let all: Vec<usize> = (0..columns.len()).filter(|&at| columns[at].role == NotChronicRate).collect();
    let own: Vec<usize> = all.iter().copied().filter(|&at| !of_larger(&columns[at])).collect();
    let latest = own.iter().filter_map(|&at| year(&columns[at].header)).max();
    let of_latest: Vec<usize> = own.into_iter().filter(|&at| year(&columns[at].header) == latest).collect();
    let used = of_latest.first().copied().filter(|_| of_latest.len() == 1 && !columns.iter().any(is_told));
    for at in all {
        let is_used = Some(at) == used;
        columns[at].role = if is_used { NotChronicRate } else { NotUsed };
        columns[at].why =
            if is_used { "The rest of 100 % are chronically absent" } else { "It is not the chronically absent" }
                .into();
    }
}

/// The year in which a school year in a header begins, such as `Chronic Absence Rate 2024-25`, `24-25`, or the
/// one that is written alone: `SY24`.
pub(super) fn year(header: &str) -> Option<u32> {
    let numbers = || header.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let whole = numbers().filter(|digits| digits.len() == 4).find_map(|digits| {
        let number: u32 = digits.parse().ok()?;
        let joined = number / 100 + 1 == number % 100;
        let is_year = |year: &u32| (1990..2100).contains(year);
        Some(if joined && !is_year(&number) { 2000 + number / 100 } else { number }).filter(is_year)
    });
    let short: Vec<u32> = numbers().filter(|d| d.len() == 2).filter_map(|d| d.parse().ok()).collect();
    let pair = || short.windows(2).find(|pair| pair[0] + 1 == pair[1]).map(|pair| 2000 + pair[0]);
    let lone = || {
        let is_marked = |word: &String| word.len() == 4 && (word.starts_with("sy") || word.starts_with("fy"));
        words(header)
            .iter()
            .filter(|word| is_marked(word))
            .find_map(|word| Some(2000 + word.get(2..)?.parse::<u32>().ok()?))
    };
    whole.or_else(pair).or_else(lone)
}

/// Words of groups of students and of grades.
const GROUPS: &str = "male males female females boy boys girl girls nonbinary gender asian black white caucasian hispanic latino latina latinx \
     african indian native pacific islander hawaiian filipino multi multiracial mixed race races ethnicity aian nhpi swd disabilities disability \
     disabled iep sped ell els el lep mll english learner learners economically econ disadvantaged poverty frl frpl frpm income sed free reduced \
     lunch meal homeless foster migrant military immigrant immigrants newcomer newcomers refugee refugees gifted needs 504 kindergarten pk prek \
     preschool prekindergarten freshman freshmen";
/// Words of other people, of parts of absence, and of numbers that only say where a school stands or how it changed.
const OTHERS: &str = "teacher teachers staff faculty employee employees educator educators risk tardy tardiness late truant truancy excluding \
     excludes excl excused unexcused quartile quintile decile diff gap lower upper ci moe error rating score level tier flag color expected \
     predicted projected baseline reduction improvement decrease increase growth gain delta weight weighted success avoid avoiding avoided inverse \
     inverted reverse complement consecutive both never new newly repeat repeated previously formerly recovered improved \
     letter letters sent team teams referral referrals meeting meetings plan plans completed intervention interventions contact contacts calls visits \
     suspended suspension suspensions graduation proficiency proficient retained track trending concern cost threshold cut cutoff benchmark lowest \
     highest performing median";
/// Words of places and schools that a school is laid beside.
const LARGER: &str = "state statewide district districtwide division county city citywide national nation region lea similar peer peers other";
/// Words that a header of all students of a school is made of.
const PLAIN: &str = "chronic chronically absent absence absences absenteeism abs absentee absentees rate rates percent percentage pct perc \
     share proportion number count cnt num n of for the who are were is at in with missing missed students student stu total all overall school \
     schools schoolwide this current year ytd everyone or more and greater days enrolled moderately severely k12 persistent persistently pupil pupils eligible enrollment denominator numerator actual moderate severe";
