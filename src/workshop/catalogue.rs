//! The sessions that come with the app, and the map of the whole series.

use super::file;
use super::session::Session;
use super::text::Text;

const PEER_LEARNING: &str = include_str!("sessions/peer-learning.json");
const COMMUNITY_PARTNERS: &str = include_str!("sessions/community-partners.json");
const PARTNERING: &str = include_str!("sessions/partnering.json");

/// The built-in sessions as the files that they are, by id.
pub const FILES: [(&str, &str); 3] =
    [("peer-learning", PEER_LEARNING), ("community-partners", COMMUNITY_PARTNERS), ("partnering", PARTNERING)];

/// The three built-in sessions, read from the same format that facilitators save.
#[must_use]
pub fn sessions() -> Vec<Session> {
    // `tests/workshop_sessions.rs` reads each of these constants; they cannot change at run time.
    FILES.iter().map(|(_, text)| file::decode(text.as_bytes()).expect("a built-in session is tested")).collect()
}

/// One built-in session by its id.
#[must_use]
pub fn session(id: &str) -> Option<Session> {
    let (_, text) = FILES.iter().find(|(known, _)| *known == id)?;
    file::decode(text.as_bytes()).ok()
}

/// One topic of the Virginia series on absenteeism and truancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// 1 to 13, the number in the series.
    pub number: u8,
    /// The official title, with our Spanish.
    pub title: Text,
    /// The session that is here, by its id.
    pub session: Option<&'static str>,
    /// The page of this app that helps with a topic whose session is not here: a route in the hash.
    pub page: Option<&'static str>,
}

/// The thirteen topics in their order.
#[must_use]
pub fn series() -> Vec<Topic> {
    let topic = |number, en, es, session, page| Topic { number, title: Text::new(en, es), session, page };
    vec![
        topic(1, "Understanding Chronic Absenteeism", "Entender el ausentismo crónico", None, Some("#/tiers")),
        topic(
            2,
            "Learning What Works to Reduce Chronic Absence",
            "Aprender qué funciona para reducir el ausentismo crónico",
            None,
            Some("#/plans"),
        ),
        topic(
            3,
            "Establishing School Attendance Teams",
            "Formar el equipo de asistencia de la escuela",
            None,
            Some("#/plans"),
        ),
        topic(4, "Using Data to Drive Action", "Usar los datos para actuar", None, Some("#/conditions")),
        topic(5, "Messaging Attendance", "Comunicar la importancia de asistir", None, None),
        topic(
            6,
            "Integrating Attendance In Parent Engagement",
            "La asistencia en el trabajo con las familias",
            None,
            None,
        ),
        topic(
            7,
            "Utilizing Parent-Teacher Conferences to Talk with Families about Attendance",
            "Hablar de la asistencia en las reuniones entre familias y docentes",
            None,
            Some("#/students"),
        ),
        topic(8, "Recognizing Good and Improved Attendance", "Reconocer la buena asistencia y las mejoras", None, None),
        topic(
            9,
            "Providing Personalized Early Outreach",
            "Acercarse pronto y de manera personal",
            None,
            Some("#/students"),
        ),
        topic(10, "Identifying barriers", "Identificar los obstáculos", None, Some("#/plans")),
        topic(
            11,
            "Creating opportunities for peer learning",
            "Crear oportunidades para aprender entre colegas",
            Some("peer-learning"),
            Some("#/schools"),
        ),
        topic(
            12,
            "Engaging Community Partners",
            "Sumar aliados de la comunidad",
            Some("community-partners"),
            Some("#/share"),
        ),
        topic(13, "State Attendance Laws and Regulations", "Leyes y normas estatales de asistencia", None, None),
    ]
}

/// A topic of the webinar series, which stands apart from the thirteen.
#[must_use]
pub fn webinar_series() -> Vec<Topic> {
    let topic = |number, en, es, session, page| Topic { number, title: Text::new(en, es), session, page };
    vec![
        topic(
            1,
            "Whole School Engagement Strategies for Reducing Student Absenteeism",
            "Estrategias de toda la escuela para reducir el ausentismo",
            None,
            Some("#/tiers"),
        ),
        topic(
            2,
            "Early Intervention Strategies: Using Teams to Monitor and Identify Students in Need of Support",
            "Intervenir a tiempo: equipos que dan seguimiento y encuentran a quien necesita apoyo",
            None,
            Some("#/students"),
        ),
        topic(
            3,
            "Partnering to Make a Difference",
            "Trabajar juntos para lograr un cambio",
            Some("partnering"),
            Some("#/plans"),
        ),
    ]
}
