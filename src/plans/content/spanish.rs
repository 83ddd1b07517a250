//! The lists in Spanish, for participants of a session. What no list holds stays in English.

mod work;

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The Spanish of a text of these lists.
#[must_use]
pub fn spanish(english: &str) -> Option<&'static str> {
    static TABLE: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| WORDS.iter().chain(work::WORDS).copied().collect()).get(english).copied()
}

/// Reasons, strategies, partners and what may be shared.
const WORDS: &[(&str, &str)] = &[
    // Reasons.
    ("Misconceptions", "Ideas equivocadas"),
    ("Barriers", "Obstáculos"),
    ("Aversion", "Rechazo"),
    ("Disengagement", "Desvinculación"),
    (
        "What do people here believe about absence that is not so?",
        "¿Qué se cree aquí sobre las ausencias que no es así?",
    ),
    ("What stands in the way of families who want to come?", "¿Qué se interpone cuando las familias quieren venir?"),
    ("What about school makes a student want to stay away?", "¿Qué hay en la escuela que da ganas de no venir?"),
    (
        "Why might a student feel that coming does not matter?",
        "¿Por qué podría sentir un estudiante que venir no importa?",
    ),
    ("Excused days are thought not to count", "Se piensa que los días justificados no cuentan"),
    ("Missing kindergarten is thought to do no harm", "Se piensa que faltar al kínder no hace daño"),
    ("Two days a month do not feel like many", "Dos días al mes no parecen muchos"),
    ("Only days in a row are thought to matter", "Se piensa que solo importan los días seguidos"),
    ("Long or repeated illness, asthma among it", "Enfermedades largas o repetidas, como el asma"),
    ("No sure way to get to school", "No hay una manera segura de llegar a la escuela"),
    ("The way to school is not safe", "El camino a la escuela no es seguro"),
    ("Students look after younger or older relatives", "Los estudiantes cuidan a familiares menores o mayores"),
    (
        "Students work, or work hours of parents clash with school hours",
        "Los estudiantes trabajan, o el horario de trabajo de sus padres choca con el de la escuela",
    ),
    ("Families move, or have no home of their own", "Las familias se mudan o no tienen casa propia"),
    ("No breakfast, or no clean clothes", "Falta el desayuno o la ropa limpia"),
    ("Fear of immigration enforcement", "Miedo a las autoridades de inmigración"),
    (
        "Toothache, glasses and other care that has to wait",
        "Dolor de muelas, lentes y otra atención que tiene que esperar",
    ),
    ("Anxiety, or school refusal", "Ansiedad, o miedo a ir a la escuela"),
    ("Bullying, or not feeling safe", "Acoso, o no sentirse a salvo"),
    ("Falling behind and being ashamed of it", "Quedarse atrás y sentir vergüenza"),
    ("Being sent away, or feeling treated unfairly", "Que lo saquen de clase, o sentir un trato injusto"),
    ("Parents whose own schooldays were bad", "Padres que la pasaron mal en su propia escuela"),
    ("No adult at school who knows the student well", "Ningún adulto de la escuela conoce bien al estudiante"),
    ("Lessons that seem to lead nowhere", "Clases que no parecen llevar a nada"),
    (
        "Not feeling welcome, or not seeing oneself in what is taught",
        "No sentirse bienvenido, o no verse en lo que se enseña",
    ),
    ("Friends who stay away too", "Amistades que también faltan"),
    ("Too few credits left to hope for graduation", "Muy pocos créditos para esperar graduarse"),
    ("Nothing at school to look forward to", "Nada en la escuela que dé ilusión"),
    // Strategies.
    ("Tier I: for everyone", "Nivel I: para todos"),
    ("Tier II: early, for some", "Nivel II: temprano, para algunos"),
    ("Tier III: for a few, intensive", "Nivel III: para pocos, intensivo"),
    ("Nudging parents and students", "Recordatorios a padres y estudiantes"),
    (
        "Short messages that tell a family how many days were missed and what today holds.",
        "Mensajes breves que dicen a la familia cuántos días se perdieron y qué trae el día de hoy.",
    ),
    ("Home visits", "Visitas al hogar"),
    (
        "Two adults from school visit by arrangement, to get to know the family first.",
        "Dos adultos de la escuela visitan con cita, primero para conocer a la familia.",
    ),
    ("Positive messaging", "Mensajes positivos"),
    (
        "The whole school says why days count, in every home language, without warnings.",
        "Toda la escuela dice por qué cuenta cada día, en los idiomas de las familias y sin amenazas.",
    ),
    ("Incentives", "Incentivos"),
    (
        "Small shared rewards for coming more often, open to those who are improving.",
        "Pequeños premios compartidos por venir más, abiertos a quienes van mejorando.",
    ),
    ("Healthy school buildings", "Edificios escolares sanos"),
    (
        "Air, heat, damp and cleaning are checked where illness clusters.",
        "Se revisan aire, calefacción, humedad y limpieza donde se juntan las enfermedades.",
    ),
    ("School-based health services", "Servicios de salud en la escuela"),
    (
        "A nurse or clinic at school sees to what would otherwise cost a day.",
        "Una enfermera o clínica en la escuela atiende lo que de otro modo costaría un día.",
    ),
    ("Telehealth", "Atención médica por video"),
    (
        "A clinician sees the student by video from school.",
        "Un profesional de la salud ve al estudiante por video desde la escuela.",
    ),
    ("School buses and public transit", "Autobuses escolares y transporte público"),
    (
        "Routes, times and passes are fitted to where students live.",
        "Rutas, horarios y pases se ajustan a donde viven los estudiantes.",
    ),
    ("A safer walk to school", "Un camino a pie más seguro"),
    (
        "Adults along the way, or groups that walk together.",
        "Adultos a lo largo del camino, o grupos que caminan juntos.",
    ),
    ("Breakfast for all", "Desayuno para todos"),
    (
        "Breakfast where students already are when the day starts.",
        "Desayuno donde ya están los estudiantes al empezar el día.",
    ),
    ("Laundry at school", "Lavandería en la escuela"),
    ("A washing machine that students may use quietly.", "Una lavadora que se puede usar con discreción."),
    ("Relevant and culturally relevant curriculum", "Contenidos con sentido y cercanos a la cultura"),
    (
        "Lessons take up students’ lives, languages and plans.",
        "Las clases parten de la vida, los idiomas y los planes de los estudiantes.",
    ),
    ("Threshold greetings", "Saludos en la puerta"),
    (
        "A teacher at the door greets each student by name.",
        "En la puerta, el maestro saluda a cada estudiante por su nombre.",
    ),
    ("Rethinking recess", "Un recreo distinto"),
    (
        "Organized games and calm places make the yard safe for all.",
        "Juegos organizados y lugares tranquilos hacen el patio seguro para todos.",
    ),
    ("Restorative discipline practices", "Disciplina que repara"),
    (
        "Harm is talked through and repaired, and nobody is sent away for small things.",
        "El daño se conversa y se repara, y a nadie se le saca por cosas pequeñas.",
    ),
    ("Early warning systems", "Sistemas de alerta temprana"),
    (
        "A weekly list of students whose absences rise, and an adult for each.",
        "Cada semana, una lista de estudiantes cuyas ausencias aumentan, y un adulto para cada uno.",
    ),
    ("Mentors", "Mentores"),
    (
        "One adult or older student who checks in, week after week.",
        "Un adulto o estudiante mayor que está pendiente, semana tras semana.",
    ),
    ("Youth engagement", "Participación de los jóvenes"),
    (
        "Students who miss days help to find out why and what to change.",
        "Estudiantes que faltan ayudan a entender por qué y qué cambiar.",
    ),
    ("Addressing asthma", "Atender el asma"),
    (
        "Action plans, medicine at school, and help with triggers at home.",
        "Planes de acción, medicinas en la escuela y ayuda con lo que la provoca en casa.",
    ),
    ("Targeted transportation", "Transporte para quien lo necesita"),
    ("Rides for the students whom no route reaches.", "Viajes para los estudiantes a quienes no llega ninguna ruta."),
    ("Students with disabilities", "Estudiantes con discapacidades"),
    (
        "The education plan names attendance, and what in the day makes coming hard.",
        "El plan educativo menciona la asistencia y qué parte del día hace difícil venir.",
    ),
    ("School refusal", "Miedo a ir a la escuela"),
    (
        "Small steps back, agreed with the student and a counsellor.",
        "Pasos pequeños de regreso, acordados con el estudiante y un consejero.",
    ),
    ("Immigration enforcement", "Autoridades de inmigración"),
    (
        "Families learn their rights, and who stands by them on the way.",
        "Las familias conocen sus derechos y quién las acompaña en el camino.",
    ),
    ("Truancy courts", "Tribunales por inasistencia"),
    (
        "Where the law brings a family to court: a court that solves problems and does not punish.",
        "Donde la ley lleva a una familia al tribunal: uno que resuelve problemas y no castiga.",
    ),
    ("Interagency case management", "Acompañamiento entre instituciones"),
    (
        "One person joins up what school, health and social services do for a family.",
        "Una persona une lo que escuela, salud y servicios sociales hacen por una familia.",
    ),
    ("Housing challenges", "Problemas de vivienda"),
    (
        "School and housing agencies keep families housed, and children in their school.",
        "La escuela y las agencias de vivienda ayudan a que la familia tenga casa y los niños sigan en su escuela.",
    ),
    // Partners.
    ("Kinds of partners", "Tipos de aliados"),
    ("Ways to find them", "Maneras de encontrarlos"),
    ("Businesses", "Empresas y negocios"),
    (
        "Shifts that let parents and students keep school hours; rewards; goods",
        "Turnos que respetan el horario escolar; premios; artículos",
    ),
    ("Community schools initiatives", "Escuelas comunitarias"),
    ("A coordinator who brings services into the building", "Un coordinador que trae servicios al edificio"),
    ("Family support organizations", "Organizaciones de apoyo a familias"),
    (
        "Someone to sit down with a family and sort things out",
        "Alguien que se sienta con la familia a resolver las cosas",
    ),
    ("Early childhood providers", "Programas de primera infancia"),
    ("Habits that begin before kindergarten", "Hábitos que empiezan antes del kínder"),
    ("Faith-based organizations", "Organizaciones religiosas"),
    ("Trusted voices, rooms, volunteers", "Voces de confianza, salones, voluntarios"),
    ("Health and mental health providers", "Servicios de salud y salud mental"),
    ("Asthma, teeth, glasses, anxiety, at or near school", "Asma, dientes, lentes, ansiedad, en la escuela o cerca"),
    ("Housing agencies", "Agencias de vivienda"),
    (
        "Staying housed, and staying in the same school after a move",
        "Conservar la casa, y la misma escuela después de una mudanza",
    ),
    ("Hunger relief organizations", "Bancos de alimentos"),
    ("Food for weekends and breaks", "Comida para fines de semana y vacaciones"),
    ("Institutes of higher education", "Universidades e institutos"),
    ("Tutors, interns, help with studying what works", "Tutores, practicantes, ayuda para estudiar qué funciona"),
    ("Local and tribal governments", "Gobiernos locales y tribales"),
    ("Transit, safe streets, services under one roof", "Transporte, calles seguras, servicios bajo un mismo techo"),
    ("National service, volunteers and mentors", "Servicio nacional, voluntarios y mentores"),
    ("Steady adults, week after week", "Adultos constantes, semana tras semana"),
    ("Out-of-school time providers", "Programas fuera del horario escolar"),
    ("A reason to come, and care after the bell", "Una razón para venir, y cuidado después del timbre"),
    ("Social and emotional learning providers", "Programas de aprendizaje social y emocional"),
    ("Calm, friendship, ways through conflict", "Calma, amistad, salidas a los conflictos"),
    ("Social services", "Servicios sociales"),
    ("Benefits, child care, care for relatives", "Prestaciones, cuidado de niños y de familiares"),
    ("Organizations for one population, or civic groups", "Organizaciones de una comunidad o grupos cívicos"),
    ("People who share a language, a history, a street", "Personas que comparten idioma, historia, calle"),
    ("Philanthropy, with foundations and United Ways", "Filantropía, con fundaciones y United Way"),
    ("Money to start, and a voice in town", "Dinero para empezar, y una voz en la ciudad"),
    ("United Way 211", "United Way 211"),
    (
        "By phone or on the web: services near a postcode",
        "Por teléfono o internet: servicios cerca de un código postal",
    ),
    ("findhelp.org", "findhelp.org"),
    ("A directory of services, by postcode", "Un directorio de servicios por código postal"),
    ("Families", "Familias"),
    ("Where do they already go for help?", "¿A dónde van ya por ayuda?"),
    ("Staff", "Personal"),
    (
        "Who at school belongs to a club, a congregation, a board?",
        "¿Quién de la escuela está en un club, una congregación, una mesa directiva?",
    ),
    // Sharing.
    ("What may be shared", "Qué se puede compartir"),
    ("Nothing yet", "Nada todavía"),
    ("No numbers are shared.", "No se comparte ningún número."),
    ("Totals", "Totales"),
    ("Rates of the whole school or district.", "Tasas de toda la escuela o del distrito."),
    ("Groups of more than 10", "Grupos de más de 10"),
    (
        "Rates by group, where each group has 11 students or more.",
        "Tasas por grupo, cuando cada grupo tiene 11 estudiantes o más.",
    ),
    ("Named students, with consent", "Estudiantes por nombre, con permiso"),
    (
        "Only students with a recorded consent that holds today.",
        "Solo estudiantes con un permiso registrado y vigente hoy.",
    ),
];
