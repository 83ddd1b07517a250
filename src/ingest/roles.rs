//! What a column is, told from its header (field guide, section 6.2).

pub use super::group_headers::of_group_header;
use super::header_words::{self, Unit};
use crate::attendance::attribute;
use serde::{Deserialize, Serialize};

/// What a column means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    NotUsed,
    Student,
    /// A second identifier, used only where `Student` is missing.
    Name,
    FirstName,
    LastName,
    School,
    /// A school's number where its name stands in another column.
    SchoolNumber,
    District,
    Grade,
    Homeroom,
    Date,
    Status,
    Period,
    /// Part of the day missed: 0 to 1.
    PartAbsent,
    /// Part of the day present: 0 to 1.
    PartPresent,
    Excused,
    Reason,
    TardyFlag,
    DaysEnrolled,
    DaysAbsent,
    DaysPresent,
    DaysExcused,
    DaysUnexcused,
    DaysSuspended,
    /// Days late that the days present leave out.
    DaysLate,
    /// Half days absent that the days absent leave out.
    HalfDaysAbsent,
    /// Days absent of a kind beside the excused and unexcused ones.
    DaysOther,
    PercentPresent,
    PercentAbsent,
    Entry,
    Exit,
    Term,
    Year,
    /// Students counted, in a file of groups.
    GroupSize,
    /// Students chronically absent, in a file of groups.
    ChronicCount,
    ChronicRate,
    /// The share of students who are not chronically absent, in a file of groups.
    NotChronicRate,
    /// Which students a row of a file of groups is about.
    Category,
    /// Whether a row is about a school, a district or the state.
    Level,
    /// Tells rows apart that count the same students again, such as charter schools only.
    Filter,
    /// In a long file: what the value of this row is.
    Variable,
    /// In a long file: the number itself.
    Value,
    /// The class or section in which a period's attendance was taken.
    Section,
    /// In a calendar file: whether the day is a school day.
    InSession,
    /// In a list of codes: what the code means, in words.
    Meaning,
    /// In a list of codes: whether the code is an absence.
    Presence,
    /// One date of a wide file; the header is the date.
    OnDate,
    /// One day or period of a wide file; the header is its number.
    OnDay,
    /// The share of a school's students who have a condition.
    Share(String),
    /// Of a column that the person makes a condition the key is what the column is called.
    Condition(String),
}

/// How a column is made a condition that no header names.
const OWN_CONDITION: &str = "A condition, called as the column is";

impl Role {
    /// The roles a person can choose from, in the order shown.
    #[must_use]
    pub fn choices() -> Vec<Role> {
        let mut roles: Vec<Role> = LABELS.iter().map(|(role, _)| role.clone()).collect();
        roles.extend(CONDITIONS.iter().map(|(key, _)| Role::Condition((*key).into())));
        roles.push(Role::Condition(String::new()));
        roles.extend(super::group_headers::SHARES.iter().map(|(key, _)| Role::Share((*key).into())));
        roles
    }

    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Role::Share(key) => {
                let label = attribute::label(key).unwrap_or(key);
                format!("Share of students: {}", label.to_ascii_lowercase())
            }
            Role::Condition(key) => attribute::label(key).unwrap_or(OWN_CONDITION).to_string(),
            plain => LABELS.iter().find(|(role, _)| role == plain).map_or("", |(_, label)| label).to_string(),
        }
    }

    /// The role as a column of this name has it: a condition of one's own is called as its column is.
    #[must_use]
    pub fn of_column(self, header: &str) -> Role {
        match self {
            Role::Condition(key) if key.is_empty() => Role::Condition(header.trim().to_string()),
            other => other,
        }
    }

    /// Whether only one column may have this role.
    #[must_use]
    pub fn is_single(&self) -> bool {
        let several = [Role::DaysOther, Role::OnDate, Role::OnDay, Role::Filter, Role::Variable, Role::Category];
        *self != Role::NotUsed && !several.contains(self)
    }
}

/// What roles are called, in the order in which they are offered.
const LABELS: &[(Role, &str)] = &[
    (Role::NotUsed, "Not used"),
    (Role::Student, "Student number"),
    (Role::Name, "Student's name"),
    (Role::LastName, "Last name"),
    (Role::FirstName, "First name"),
    (Role::School, "School"),
    (Role::SchoolNumber, "School number"),
    (Role::District, "District"),
    (Role::Grade, "Grade"),
    (Role::Homeroom, "Homeroom"),
    (Role::Date, "Date"),
    (Role::Status, "Status"),
    (Role::Period, "Period of the day"),
    (Role::PartAbsent, "Part of day missed"),
    (Role::PartPresent, "Part of day present"),
    (Role::Excused, "Excused or not"),
    (Role::Reason, "Reason"),
    (Role::TardyFlag, "Late or not"),
    (Role::DaysEnrolled, "Days enrolled"),
    (Role::DaysAbsent, "Days absent"),
    (Role::DaysPresent, "Days present"),
    (Role::DaysExcused, "Days absent, excused"),
    (Role::DaysUnexcused, "Days absent, unexcused"),
    (Role::DaysSuspended, "Days suspended out of school"),
    (Role::DaysLate, "Days late, beside the days present"),
    (Role::HalfDaysAbsent, "Half days absent, beside the days absent"),
    (Role::DaysOther, "Days absent, of another kind"),
    (Role::PercentPresent, "Percent of days present"),
    (Role::PercentAbsent, "Percent of days absent"),
    (Role::Entry, "First day enrolled"),
    (Role::Exit, "Last day enrolled"),
    (Role::Term, "Term"),
    (Role::Year, "School year"),
    (Role::GroupSize, "Students counted"),
    (Role::ChronicCount, "Students chronically absent"),
    (Role::ChronicRate, "Percent chronically absent"),
    (Role::NotChronicRate, "Percent not chronically absent"),
    (Role::Category, "Which students the row is about"),
    (Role::Level, "School, district or state"),
    (Role::Filter, "Kind of school counted"),
    (Role::Variable, "What the value is"),
    (Role::Value, "Value"),
    (Role::Section, "Class or section"),
    (Role::InSession, "School day or not"),
    (Role::Meaning, "What the code means"),
    (Role::Presence, "Absent or present"),
    (Role::OnDate, "Attendance on this date"),
    (Role::OnDay, "Attendance on this day"),
];

/// A header reduced to what is compared: lower case, letters, digits, `#` and `%` only, without a
/// `[Table]` prefix.
#[must_use]
pub fn normalise(header: &str) -> String {
    let header = header.trim().trim_start_matches('\u{feff}');
    let header = match (header.starts_with('['), header.find(']')) {
        (true, Some(end)) if end + 1 < header.len() => &header[end + 1..],
        _ => header,
    };
    // Raised digits are marks of footnotes.
    let is_mark = |c: char| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹');
    let is_part = |c: &char| c.is_alphanumeric() && !is_mark(*c) || matches!(c, '#' | '%');
    header.chars().filter(is_part).flat_map(char::to_lowercase).collect()
}

/// The role a header names, or `None` where it names none that we know.
#[must_use]
pub fn of_header(header: &str) -> Option<Role> {
    let name = normalise(header);
    // Research files write the grade or year behind a name: `frpl_7`, `iep_2019`; reports, that it is so far.
    let without_number = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches("ytd");
    let is_grade =
        |part: &&str| part.len() > 1 && part.starts_with(['g', 'G']) && part[1..].bytes().all(|b| b.is_ascii_digit());
    // Or in front: `2024-25 Days Absent`.
    let without_year = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = header.split('_').collect();
    let without_grade = normalise(&parts.iter().filter(|p| !is_grade(p)).copied().collect::<Vec<_>>().join("_"));
    named(&name)
        .or_else(|| if without_grade == name { None } else { named(&without_grade) })
        .or_else(|| if without_number.len() >= 3 { named(without_number) } else { None })
        .or_else(|| if matches!(name.len() - without_year.len(), 4 | 6 | 8) { named(without_year) } else { None })
        .or_else(|| of_table(header))
        .or_else(|| of_report(&name))
        .or_else(|| header_words::is_student_number(&name).then_some(Role::Student))
        .or_else(|| header_words::measure(header).filter(|(_, unit)| *unit <= Unit::Sessions).map(|(role, _)| role))
}

/// The role of a header as reports and pivot tables write it: `# of Days Absent`, `YTD Attendance %`, `IEP (Y/N)`.
fn of_report(name: &str) -> Option<Role> {
    let measure =
        ["#of", "numberof", "sumof", "ytd", "yeartodate", "year"].iter().find_map(|start| name.strip_prefix(start));
    // Of a year enrolled nobody knows the days.
    let measure = measure.filter(|rest| ["day", "absen", "%"].iter().any(|part| rest.contains(part)));
    let is_condition = |role: &Role| matches!(role, Role::Condition(_));
    let role = measure.and_then(named).filter(super::measures::is_measure);
    role.or_else(|| name.strip_suffix("yn").and_then(named).filter(is_condition))
}

/// The role of a header that names its table before a dot: `attDayDetail.daysAbsent`. A name or condition
/// can be a teacher's there.
fn of_table(header: &str) -> Option<Role> {
    let (table, name) = header.trim().rsplit_once('.')?;
    let is_plain = |text: &str| text.len() >= 3 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let role = if is_plain(table) && is_plain(name) { named(&normalise(name))? } else { return None };
    let of_person = matches!(role, Role::Name | Role::FirstName | Role::LastName | Role::Condition(_));
    (!of_person || table.to_ascii_lowercase().starts_with("stu")).then_some(role)
}

fn named(name: &str) -> Option<Role> {
    // The days of a wide file are many and digits alone; of the names that are known only 504 and # have no letter.
    if name.len() > 3 && name.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let is = |names: &str| names.split_ascii_whitespace().any(|n| n == name);
    let role = ROLES.iter().find(|(_, names)| is(names)).map(|(role, _)| role.clone());
    role.or_else(|| CONDITIONS.iter().find(|(_, names)| is(names)).map(|(key, _)| Role::Condition((*key).into())))
}

/// Normalised headers by role. Earlier rows win.
const ROLES: &[(Role, &str)] = &[
    (
        Role::Student,
        "studentid studentnumber student# localid lasid sasid ssid stateid stn permnumber permid pupilid pupilnumber pupil# sisnumber sisid \
         studentuniqueid personid otherid osis osisnumber sourcedid sn statestudentnumber studentkey statestudentid studentlocalid \
         studentstateid sid studentno studentidnumber stuid stu# attstdoid studentidentifier studentpersonkey usersourcedid studentsourcedid \
         upn adno admno studentusi uniqueuserid admissionno admissionnumber oen pen nsn srn uic focusid uniqueid emisstuid codepermanent fleid scn matricule",
    ),
    (
        Role::Name,
        "student studentname lastfirst lastnamefirstname fullname name pupil pupilname studentnamelastfirst nombre usualname",
    ),
    (Role::LastName, "lastname surname lname studentlastname familyname nomdefamille apellido apellidos legalsurname"),
    (Role::FirstName, "firstname forename fname studentfirstname givenname prénom legalgivenname preferredname"),
    (
        Role::School,
        "school sch schoolname schname instnname institution building campus schoolofattendance schoolattended sitename location locationname \
         entityname orgname schoolkey organization organisation institutionname sitedescription buildingname école escuela",
    ),
    (
        Role::SchoolNumber,
        "schoolid schoolnumber schnum schoolcode schcode sc institutionid locationcode entity site siteid org orgabbr enrorgid schoollocalid dbn \
         schoolno schoolnum attskloid buildingid buildingcode campusid schoolsisid entityid instnnumber schoolcd schoolinforefid campusnumber buildingnumber buildingirn",
    ),
    (
        Role::District,
        "district division divname divnum lea reportinglea system districtname districtid districtcode leaname leaid divisionname schooldstrctnm schooldstrctcd districtlocalid divisionnumber leacode",
    ),
    (
        Role::Grade,
        "grade gradelevel gr gradeleveldescriptor gradelevelname gradelvl gradecode currentgrade \
         entrygradeleveldescriptor entrygradelevel grd yeargroup yearlevel grado niveau",
    ),
    (
        Role::Homeroom,
        "homeroom hr advisory homeroomteacher house counselor counsellor tn hrm class section sectionid teacher reg reggroup registrationgroup tutorgroup rollclass formgroup",
    ),
    (
        Role::Date,
        "date attdate attendancedate eventdate calendardate dt absencedate atteventdate occurencedatetime occurrencedate schooldate absdate \
         dateofabsence absentdate day caldate fecha attndate attndateymd calendarday dateofattendance attday",
    ),
    (
        Role::Status,
        "status code attcode attendancecode attendancestatus al allday dailystatus dailycode presencestatuscd presencestatuscode attendanceeventcategory \
         attcodeview attendancetype absencetype absencecode type attendanceeventcategorydescriptor attdescr dailyattendance attendance mark kind absencekind cd attendancecodename attstatus atttype estado statut",
    ),
    (Role::Period, "period pd periodnumber attendanceperiod classperiod classperiodname session block hour expression"),
    (
        Role::PartAbsent,
        "absentdaysequivalent attportionabsent absenceamount dayamount dsidvalue isabsent absentvalue absencevalue daysmissedvalue eventduration portionabsent portionofdayabsent absentportion dayfraction fractionofday amount dayportion duration absenceduration partofday daypart",
    ),
    (Role::PartPresent, "attendancevalue presentvalue ispresent"),
    (Role::Excused, "excused attexcusedind excusecode excuse excusedyn excusalstatus abscatid isexcused"),
    (
        Role::Reason,
        "reason attreason attreasoncode attendanceeventreason comment dts attcomment note notes absencereason absreason",
    ),
    (Role::TardyFlag, "tardy atttardyind istardy"),
    (
        Role::DaysEnrolled,
        "daysenrolled enrolled membership membershipvalue daysinmembership daysmember daysmembercnt daysexpected expectedattendancedays expecteddays possibledays \
         totaldays adm enrolleddays numtotaldays #totaldays membershipdays schooldays totalschooldays dayspossible daysofmembership daysenrl enrdays totalclasses totalsessions classesheld sessionsheld classesconducted daysenrolledtotal expectedattendancedayscount",
    ),
    (
        Role::DaysAbsent,
        "daysabsent absences totalabsences daysmissed numdaysabsent totaldaysabsent abs #daysabsent absentdays absencedays numberofabsences \
         totalabsentdays absent daysabsenttotal absdays absence daysabsentcount totaldaysmissed daysabs fulldaysabsent wholedaysabsent",
    ),
    (
        Role::DaysPresent,
        "dayspresent daysattended present daysattendedcnt adadays numdayspresent #dayspresent presentdays attended daysinattendance attendeddays attendedclasses classesattended sessionsattended totalsessionsattended totalclassesattended daysattendedtotal daysprsnt",
    ),
    (
        Role::DaysExcused,
        "daysabsentexcused excusedabsences excusedabsencescount absencesexcused daysexcused excusedabsencecount excuseddays totalexcused daysabsentexcusednonsuspension absencesexcusedcount excabs excusedabs excabsences absentexcused",
    ),
    (
        Role::DaysUnexcused,
        "daysabsentunexcused daysabsentwithoutexcuse unexcusedabsences absencesunexcused daysunexcused unexcusedabsencescount unlawful unverified \
         totalabsencesunexcused unexcuseddays totalunexcused daysabsentunexcusednonsuspension absencesunexcusedcount unexcabs unexcusedabs unexcabsences unxabs absentunexcused",
    ),
    (
        Role::DaysSuspended,
        "outofschoolsuspension daysabsentoss oss ossdays daysoss outofschoolsuspensionabsences dayssuspended suspensiondays daysabsentoutofschoolsuspension",
    ),
    (
        Role::PercentPresent,
        "attendancerate ada %attendance pctattendance percentpresent attendance% attendancepercent percentattendance attrate presentpct pctpresent %present attendancepct attnpct averagedailyattendancepercent pctatt %prsnt",
    ),
    (
        Role::PercentAbsent,
        "absencerate pctabsent percentabsent pctdaysabsent %absent absentpct absenteeismrate percentdaysabsent percentofdaysmissed percentdaysmissed pctdaysmissed %daysmissed percentofdaysabsent",
    ),
    (
        Role::Entry,
        "entrydate enterdate enrollmentstartdate startdate entry enrolldate enrollmentdate admitdate begindate enrolledon firstday dateenrolled entereddate enrollmententrydate \
         schoolentrydate schoolstartdate firstdayenrolled firstdayattended entrydt enrollmentstart",
    ),
    (
        Role::Exit,
        "exitdate leavedate enrollmentenddate enddate withdrawal withdrawaldate exit withdrawdate lastday dateleft withdrawndate enrollmentexitdate \
         dropdate dropped datedropped exited dateexited exitwithdrawdate schoolexitdate schoolleavedate left leave lastdayattended withdrawn \
         datewithdrawn withdrew lastdayenrolled lastdateattended lastattendancedate dateofwithdrawal departuredate exitdt enrollmentend",
    ),
    (
        Role::InSession,
        "insession isschoolday schoolday daytype sessionday instructionalday isinsession isinstructional dayinsession \
         calendareventdescriptor calendarevent",
    ),
    (
        Role::Meaning,
        "description codedescription attcodedescription markdescription codedesc attcodedesc statusdescription meaning definition attendancecodedescription longname",
    ),
    (Role::Presence, "presencestatus presence absentorpresent presentabsent codetype absenttype"),
    (Role::Term, "term semester quarter markingperiod trimester sessionname reportingperiod"),
    (
        Role::Year,
        "schoolyear year yearid academicyear schoolyeardate longschoolyear sy reportyear reportingyear schoolyearend fiscalyear schoolyr datayear",
    ),
];

/// Conditions by key, with their headers.
const CONDITIONS: &[(&str, &str)] = &[
    (
        attribute::ECONOMICALLY_DISADVANTAGED,
        "frl frpl frpm frm free/reduced freereduced freereducedlunch mealstatus sed ed econdisadv economicallydisadvantaged economicdisadvantage lowincome poverty \
         directcertified ss lunchstatus ecodis econdis frlstatus freeandreduced disadvantaged economicdisadvantaged lunch mealeligibility",
    ),
    (
        attribute::SPECIAL_EDUCATION,
        "iep isiep swd sped specialed disability idea specialneeds specialedstatus sd studentdisability specialeducation hasiep iepstatus \
         studentswithdisabilities",
    ),
    (
        attribute::ENGLISH_LEARNER,
        "el ell lep englishlearner ml limitedenglish se ellstatus elstatus mll multilinguallearner englishlanguagelearner esl englishlearnerstatus",
    ),
    (attribute::HOMELESS, "homeless mckinney mckinneyvento sth temporaryhousing sh homelessstatus unhoused"),
    (attribute::FOSTER, "foster fosteryouth fos sf fostercare"),
    (attribute::SECTION_504, "504 section504 is504 plan504 504plan"),
    (attribute::MOBILITY, "mobility mobile moved movedmidyear moves"),
    (attribute::SUSPENSION, "suspended suspension everosssuspended suspensions eveross"),
    (attribute::GENDER, "gender sex legalgender studentgender"),
    (
        attribute::RACE_ETHNICITY,
        "race ethnicity raceethnicity federalrace ethniccode ethnic racecode studentethnicity raceethnicityname ethnicgroup",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_known_systems_are_recognised() {
        for (header, role) in [
            ("Student ID", Role::Student),
            ("student_id", Role::Student),
            ("[Students]State_StudentNumber", Role::Student),
            ("Student Name", Role::Name),
            ("SchoolName", Role::School),
            ("Att_Date", Role::Date),
            ("Status", Role::Status),
            ("Days Enrolled", Role::DaysEnrolled),
            ("# Total Days", Role::DaysEnrolled),
            ("days_absent", Role::DaysAbsent),
            ("ELL Status", Role::Condition(attribute::ENGLISH_LEARNER.into())),
            ("Meal Status", Role::Condition(attribute::ECONOMICALLY_DISADVANTAGED.into())),
            ("Absent Days Equivalent", Role::PartAbsent),
            ("\u{feff}\"Gr\"", Role::Grade),
            ("504", Role::Condition(attribute::SECTION_504.into())),
        ] {
            assert_eq!(of_header(header), Some(role), "{header}");
        }
        assert_eq!(of_header("BusRt"), None);
        assert_eq!(of_header("2025-09-03"), None);
    }

    #[test]
    fn every_role_has_a_name_of_its_own() {
        let mut labels: Vec<String> = Role::choices().iter().map(Role::label).collect();
        let n = labels.len();
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), n);
        assert!(labels.iter().all(|label| !label.is_empty()));
        // Whatever a header or a question can name can be chosen.
        for (role, _) in ROLES {
            assert!(Role::choices().contains(role), "{role:?}");
        }
    }

    #[test]
    fn no_header_stands_for_two_roles() {
        let mut seen = std::collections::BTreeMap::new();
        let all =
            ROLES.iter().map(|(r, n)| (r.label(), n)).chain(CONDITIONS.iter().map(|(k, n)| ((*k).to_string(), n)));
        for (role, names) in all {
            for name in names.split_whitespace() {
                if let Some(other) = seen.insert(name, role.clone()) {
                    panic!("{name} is both {other} and {role}");
                }
            }
        }
    }
}
