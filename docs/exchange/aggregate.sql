-- The aggregates of Bright Spots in SQL, for data that outgrow a browser. For DuckDB 1.3 and newer.
--
-- Needs a table or view `daily` of text columns, one row per student and school day:
--   "Student ID", School, Grade, Date (2026-11-21), Status, and one column per condition. For a CSV:
--   CREATE VIEW daily AS SELECT * FROM read_csv('daily.csv', all_varchar = true);
--
-- Gives the table `bright_spots_groups`: one row per group with students, chronic and the five tiers, at
-- school grain (a student counts in each school attended). NULL in school or grade means all together.
-- These are the TRUE counts, small groups included. They must not leave as they are: what is shared is
-- suppressed and audited first (docs/sharing.md).

-- The definition: change it here and nowhere else. Shares are compared as whole numbers.
CREATE OR REPLACE TEMP TABLE bright_spots_definition AS
SELECT 10000 AS chronic_at,   -- thousandths of a percent of enrolled days; exactly there counts
       10    AS minimum_days; -- students enrolled for fewer days are not counted

-- What counts as a day missed, in thousandths. Add your own codes; every other status is present.
CREATE OR REPLACE TEMP TABLE bright_spots_codes AS
SELECT * FROM (VALUES
  ('a', 1000), ('absent', 1000), ('e', 1000), ('excused', 1000), ('u', 1000), ('unexcused', 1000),
  ('oss', 1000), ('suspended', 1000), ('suspension', 1000), ('out-of-school suspension', 1000), ('half day absent', 500)
) AS codes(status, missed);

CREATE OR REPLACE TEMP TABLE bright_spots_days AS
-- A date that stands twice for one student at one school counts once, with the larger part missed.
SELECT "Student ID" AS student, School AS school, CAST("Date" AS DATE) AS day,
       max(coalesce(codes.missed, 0)) AS missed,
       max(coalesce(nullif(trim(Grade), ''), 'Not given')) AS grade
FROM daily LEFT JOIN bright_spots_codes AS codes ON lower(trim(daily.Status)) = codes.status
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE bright_spots_stays AS
SELECT student, school, arg_max(grade, day) AS grade,
       1000 * count(*) AS enrolled, CAST(sum(missed) AS BIGINT) AS absent
FROM bright_spots_days
GROUP BY student, school
HAVING count(*) >= (SELECT minimum_days FROM bright_spots_definition);

CREATE OR REPLACE TEMP TABLE bright_spots_marked AS
SELECT *,
       100000 * absent >= (SELECT chronic_at FROM bright_spots_definition) * enrolled AS is_chronic,
       CASE WHEN 20 * absent < enrolled THEN 0 WHEN 10 * absent < enrolled THEN 1
            WHEN  5 * absent < enrolled THEN 2 WHEN  2 * absent < enrolled THEN 3 ELSE 4 END AS tier
FROM bright_spots_stays;

-- One value per student and condition: the latest that is not empty. Every column that is not named
-- here is a condition; a constant one stands for all students.
CREATE OR REPLACE TEMP TABLE bright_spots_conditions AS
WITH long AS (
  UNPIVOT (SELECT *, 'all' AS "All students" FROM daily)
  ON COLUMNS(lambda c: lower(c) NOT IN ('student id', 'student name', 'school', 'grade', 'date', 'status'))
  INTO NAME condition VALUE value
)
SELECT "Student ID" AS student, condition,
       arg_max(CASE WHEN lower(trim(value)) IN ('y', 'yes', 'true', '1') THEN 'Yes'
                    WHEN lower(trim(value)) IN ('n', 'no', 'false', '0') THEN 'No'
                    ELSE trim(value) END, CAST("Date" AS DATE)) AS value
FROM long
WHERE trim(value) <> ''
GROUP BY ALL;

CREATE OR REPLACE TABLE bright_spots_groups AS
SELECT school, grade, condition, value,
       count(*) AS students,
       count(*) FILTER (is_chronic) AS chronic,
       count(*) FILTER (tier = 0) AS satisfactory, count(*) FILTER (tier = 1) AS at_risk,
       count(*) FILTER (tier = 2) AS moderate, count(*) FILTER (tier = 3) AS severe,
       count(*) FILTER (tier = 4) AS extreme
FROM bright_spots_marked JOIN bright_spots_conditions USING (student)
GROUP BY GROUPING SETS ((school, grade, condition, value), (school, condition, value),
                        (grade, condition, value), (condition, value))
ORDER BY ALL;
