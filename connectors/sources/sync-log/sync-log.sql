-- @title How a log of synchronisations becomes figures; what stands in {…} is put together in columns.ts, names and paths quoted
-- Times are milliseconds since 1970, days are days since 1970 in local time (UTC+7). NULL is blank, -1 is unreadable.

-- @statement macros
-- A cast alone would read "1.041" (Vietnamese for 1 041) as 1, "1e3" as 1 000 and "0x1F" as 31: only digits are a count.
CREATE MACRO count_text(x) AS CASE
  WHEN TRY_CAST(x AS BIGINT)::VARCHAR = x THEN TRY_CAST(x AS BIGINT)
  WHEN trim(x) = '' OR x IS NULL THEN NULL
  WHEN regexp_full_match(trim(x), '0*[0-9]{1,16}') THEN TRY_CAST(trim(x) AS BIGINT)
  ELSE -1 END;
-- The type is known before the first row: what always fits is not tried.
CREATE MACRO count_whole(x) AS CASE
  WHEN typeof(x) IN ('BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT', 'UINTEGER', 'USMALLINT', 'UTINYINT') THEN x::BIGINT
  WHEN x IS NOT NULL THEN coalesce(TRY_CAST(x AS BIGINT), -1) END;
CREATE MACRO count_real(x) AS CASE
  WHEN x IS NULL OR isnan(x::DOUBLE) THEN NULL
  WHEN x BETWEEN 0 AND 9007199254740991 AND x = floor(x) THEN x::BIGINT
  ELSE -1 END;
-- Seconds and milliseconds since 1970 cannot be mistaken for each other between 2000 and 2100.
CREATE MACRO time_number(n, form) AS CASE
  WHEN n IS NULL THEN NULL
  WHEN form IN ('auto', 'epoch_ms') AND n BETWEEN 946684800000 AND 4102444800000 THEN n::BIGINT
  WHEN form IN ('auto', 'epoch_s') AND n BETWEEN 946684800 AND 4102444800 THEN n::BIGINT * 1000
  ELSE -1 END;
CREATE MACRO time_seconds(n, ahead) AS time_number(n, 'epoch_s') - ahead;
CREATE MACRO time_millis(n, ahead) AS time_number(n, 'epoch_ms') - ahead;
CREATE MACRO time_micros(n, ahead) AS n // 1000 - ahead;
CREATE MACRO time_nanos(n, ahead) AS n // 1000000 - ahead;
CREATE MACRO time_stamp(t, ahead) AS CASE WHEN NOT isfinite(t) THEN -1 ELSE epoch_ms(t) - ahead END;
-- A cast to TIMESTAMP drops an offset without a word, so whether there is one is looked at first, in ways that are fast.
CREATE MACRO is_iso(x) AS strlen(x) BETWEEN 16 AND 30 AND contains(x, '-') AND NOT contains(x, '+') AND NOT x LIKE '%-%-%-%';
-- Behind a time that a cast understands, Z and UTC are the only letters there can be.
CREATE MACRO time_text(x, ahead, form) AS CASE
  WHEN form IN ('auto', 'iso') AND is_iso(x) THEN coalesce(epoch_ms(TRY_CAST(x AS TIMESTAMP)), -1) - CASE WHEN contains(x, 'Z') OR contains(x, 'C') OR contains(x, 'c') THEN 0 ELSE ahead END
  WHEN trim(x) = '' OR x IS NULL THEN NULL
  WHEN form IN ('auto', 'iso') AND regexp_full_match(trim(x), '\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)? ?(Z|[+-]\d{2}(:?\d{2})?)?')
    THEN coalesce(epoch_ms(TRY_CAST(trim(x) AS TIMESTAMPTZ)), -1) - CASE WHEN regexp_full_match(trim(x), '.*:\d{2}(\.\d+)?') AND NOT regexp_full_match(trim(x), '.*[+-]\d{2}:?\d{2}') THEN ahead ELSE 0 END
  WHEN form IN ('auto', 'dmy') AND regexp_full_match(trim(x), '\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}(:\d{2})?')
    THEN coalesce(epoch_ms(try_strptime(trim(x), ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M'])), -1) - ahead
  WHEN form IN ('auto', 'epoch_s', 'epoch_ms') AND regexp_full_match(trim(x), '[0-9]{9,13}') THEN time_number(TRY_CAST(trim(x) AS BIGINT), form)
  ELSE -1 END;
-- Nearly all times look like this, and a cast that finds no offset here is all there is to do. NULL is left to time_text.
CREATE MACRO time_usual(x, ahead) AS CASE
  WHEN x NOT LIKE '____-__-_____:__:__' OR contains(x, '+') OR ends_with(x, 'Z') THEN NULL
  ELSE epoch_ms(TRY_CAST(x AS TIMESTAMP)) - ahead END;
CREATE MACRO time_unusual(x, usual, ahead, form) AS CASE
  WHEN usual IS NULL AND x IS NOT NULL THEN time_text(x, ahead, form)
  ELSE usual END;
-- Blanks and capital letters are seen to when there are few words left.
CREATE MACRO word_text(x) AS x::VARCHAR;
-- Reasons are told apart, never kept: what is counted is a bucket.
CREATE MACRO reason_text(x) AS CASE WHEN x::VARCHAR <> '' THEN (hash(x::VARCHAR) % 256)::INTEGER END;
CREATE MACRO local_day(ms) AS (ms + 25200000) // 86400000;
-- Whole minutes within a day, whole hours beyond, no more than 60 days.
CREATE MACRO lag_minutes(ms) AS CASE
  WHEN ms < 0 THEN NULL
  WHEN ms < 86400000 THEN ms // 60000
  ELSE least(ms // 3600000 * 60, 86400) END;
-- Of batches of one moment, the one with the larger backlog counts as the later.
CREATE MACRO ordered(ms, n) AS ms * 2097152 + CASE WHEN n > 2097151 THEN 2097151 ELSE n END

-- @statement part
CREATE TABLE part (
  problem INTEGER, database {word}, direction {word}, day BIGINT, batches BIGINT, succeeded BIGINT, heartbeats BIGINT,
  first_at BIGINT, last_at BIGINT, last_success BIGINT, last_change BIGINT, sent HUGEINT, accepted HUGEINT, rejected HUGEINT,
  backlog_first BIGINT, backlog_first_at BIGINT, backlog_last BIGINT, backlog_last_at BIGINT,
  checked HUGEINT, matched HUGEINT, mismatched HUGEINT[], lags MAP(BIGINT, UBIGINT), reasons MAP(INTEGER, UBIGINT)
)

-- @statement roll_up
INSERT INTO part
SELECT
  problem, database, direction, day, count(*), count(*) FILTER (good), count(*) FILTER (good AND sent = 0),
  min(moment), max(moment), max(moment) FILTER (good), max(moment) FILTER (good AND accepted > 0),
  {sums},
  histogram(lag) FILTER (lag IS NOT NULL), histogram(reason) FILTER (reason IS NOT NULL)
FROM (
  SELECT
    -- A condition that holds for all rows of a chunk costs nothing; one that holds for some copies them.
    * REPLACE (
      CASE WHEN problem IS NULL THEN database END AS database,
      CASE WHEN problem IS NULL THEN direction END AS direction,
      -- Only here, where few rows are left, a reason is looked at.
      CASE WHEN day >= {start} AND (rejected > 0 OR NOT good) THEN {reason} END AS reason
    ),
    CASE WHEN day >= {start} AND good AND accepted > 0 THEN lag_minutes(finished - coalesce(created, started)) END AS lag
  FROM (
    SELECT
      *,
      -- All days before the window are one.
      CASE WHEN moment < {start}::BIGINT * 86400000 - 25200000 THEN {start} - 1 ELSE local_day(moment) END AS day,
      moment IS NOT NULL AND finished IS NOT NULL AND coalesce(accepted > 0 OR sent = 0 OR checked >= 0, false) AS good
    FROM (
      SELECT
        *,
        CASE WHEN problem IS NULL THEN coalesce(finished, started) END AS moment
      FROM (
        SELECT
          *,
          -- The numbers are those of PROBLEMS in facts.ts. Of most rows all is known and in order: they are seen to at once.
          CASE
            WHEN {sound} THEN CASE
              WHEN {accounted} > sent OR {more_than_checked} THEN 4
              WHEN {last} > {latest} THEN 5
            END
            WHEN database IS NULL THEN 0
            -- From 2000 to 2100.
            WHEN least(started, finished, created) < 946684800000 OR greatest(started, finished, created) > 4102444800000 OR coalesce(started, finished) IS NULL THEN 1
            WHEN {bad_count} THEN 2
            WHEN finished < started THEN 3
            WHEN coalesce(accepted, 0) + coalesce(rejected, 0) > sent OR {more_than_checked} THEN 4
            WHEN greatest(started, finished) > {latest} THEN 5
          END::INTEGER AS problem
        FROM (SELECT {columns} FROM (SELECT {given} FROM {rows}))
      )
    )
  )
)
GROUP BY problem, database, direction, day

-- @statement sum_sent
-- Of a row that is refused the counts may be too large to be added.
sum(CASE WHEN problem IS NULL THEN coalesce(sent, coalesce(accepted, 0) + coalesce(rejected, 0)) END)

-- @statement sum
sum({column})

-- @statement sum_good
sum({column}) FILTER (good)

-- @statement backlog
-- What is ordered by holds both, but for a backlog that is larger than its place in it.
CASE WHEN min(ordered(moment, backlog)) % 2097152 < 2097151 THEN min(ordered(moment, backlog)) % 2097152
  ELSE arg_min(backlog, ordered(moment, backlog)) FILTER (backlog >= 2097151) END,
min(ordered(moment, backlog)) // 2097152,
CASE WHEN max(ordered(moment, backlog)) % 2097152 < 2097151 THEN max(ordered(moment, backlog)) % 2097152
  ELSE arg_max(backlog, ordered(moment, backlog)) FILTER (backlog >= 2097151) END,
max(ordered(moment, backlog)) // 2097152

-- @statement csv
read_csv({path}, auto_detect = false, header = true, delim = {delimiter}, quote = '"', escape = '"', columns = {shape}, max_line_size = 1000000, store_rejects = true, rejects_limit = 100000, compression = {compression})

-- @statement csv_rejected
SELECT count(*) AS n FROM (SELECT DISTINCT scan_id, file_id, line FROM reject_errors)

-- @statement has_rejects
SELECT 1 AS there FROM duckdb_tables() WHERE table_name = 'reject_errors'

-- @statement jsonl
read_json({path}, format = 'newline_delimited', columns = {shape}, ignore_errors = true, maximum_object_size = 1000000, compression = {compression})

-- @statement parquet
read_parquet({path})

-- @statement describe
DESCRIBE SELECT * FROM {rows}

-- @statement text_parts
CREATE VIEW part_text AS
SELECT * REPLACE (nullif(trim(database), '') AS database, nullif(lower(trim(direction)), '') AS direction) FROM part

-- @statement coded_parts
CREATE VIEW part_text AS
SELECT p.* REPLACE (trim(d.text) AS database, lower(trim(w.text)) AS direction)
FROM part AS p
LEFT JOIN word AS d ON d.code = p.database
LEFT JOIN word AS w ON w.code = p.direction

-- @statement distinct_codes
SELECT count(DISTINCT database) AS n FROM part

-- @statement named
CREATE TABLE named AS
SELECT p.* EXCLUDE (problem, direction), k.database_id, CASE WHEN p.direction IS NULL THEN $way ELSE w.way END AS way,
  CASE
    WHEN p.problem IS NOT NULL THEN p.problem
    WHEN p.database IS NULL THEN 0
    WHEN w.way IS NULL AND (p.direction IS NOT NULL OR $way IS NULL) THEN 6
    WHEN k.database_id IS NULL THEN 7
  END AS problem
FROM part_text AS p
LEFT JOIN known AS k ON k.code = p.database
LEFT JOIN way AS w ON w.word = p.direction

-- @statement coverage
SELECT min(first_at) AS first_at, max(last_at) AS last_at, coalesce(sum(batches), 0) AS rows FROM named WHERE problem IS NULL OR problem >= 6

-- @statement problems
SELECT problem, sum(batches) AS n FROM named WHERE problem < 7 GROUP BY problem ORDER BY problem

-- @statement unknown_databases
SELECT length(database) AS letters, n, codes
FROM (SELECT database, sum(batches) AS n, count(*) OVER () AS codes FROM named WHERE problem = 7 GROUP BY database)
ORDER BY n DESC, database LIMIT 50

-- @statement reasons
SELECT n, count(*) OVER () AS reasons
FROM (SELECT e.key, sum(e.value) AS n FROM (SELECT unnest(map_entries(reasons)) AS e FROM named) GROUP BY e.key)
ORDER BY n DESC LIMIT 5

-- @statement windows
WITH day AS (
  SELECT *, way = 'out' AS is_out, day >= $start AS inside FROM named WHERE problem IS NULL
), backlog AS (
  SELECT
    database_id,
    arg_max(backlog_last, ordered(backlog_last_at, backlog_last)) FILTER (inside) AS last,
    arg_max(backlog_last, ordered(backlog_last_at, backlog_last)) FILTER (NOT inside) AS before,
    arg_min(backlog_first, ordered(backlog_first_at, backlog_first)) FILTER (inside) AS first
  FROM day WHERE is_out GROUP BY database_id
), lag AS (
  SELECT database_id, min(lag) FILTER (seen * 2 >= total) AS p50, min(lag) FILTER (seen * 100 >= total * 95) AS p95
  FROM (
    SELECT database_id, lag, sum(n) OVER (PARTITION BY database_id ORDER BY lag) AS seen, sum(n) OVER (PARTITION BY database_id) AS total
    FROM (
      SELECT database_id, e.key AS lag, sum(e.value) AS n
      FROM (SELECT database_id, unnest(map_entries(lags)) AS e FROM day WHERE is_out)
      GROUP BY database_id, e.key
    )
  )
  GROUP BY database_id
)
SELECT
  d.database_id,
  coalesce(sum(batches) FILTER (is_out AND inside), 0) AS batches,
  coalesce(sum(succeeded) FILTER (is_out AND inside), 0) AS succeeded,
  coalesce(sum(batches) FILTER (is_out AND day > $end - 7), 0) AS batches_7d,
  coalesce(sum(succeeded) FILTER (is_out AND day > $end - 7), 0) AS succeeded_7d,
  coalesce(sum(batches) FILTER (is_out AND day = $end), 0) AS batches_1d,
  coalesce(sum(succeeded) FILTER (is_out AND day = $end), 0) AS succeeded_1d,
  coalesce(sum(heartbeats) FILTER (is_out AND inside), 0) AS heartbeats,
  coalesce(sum(sent) FILTER (is_out AND inside), 0) AS sent,
  coalesce(sum(accepted) FILTER (is_out AND inside), 0) AS accepted,
  coalesce(sum(rejected) FILTER (is_out AND inside), 0) AS rejected,
  local_day(max(last_success) FILTER (is_out)) AS last_success,
  local_day(max(last_change) FILTER (is_out)) AS last_change,
  list(DISTINCT day) FILTER (is_out AND inside AND succeeded > 0) AS success_days,
  local_day(max(last_success) FILTER (is_out AND NOT inside)) AS success_before,
  any_value(b.last) AS backlog,
  any_value(coalesce(b.before, b.first)) AS backlog_before,
  coalesce(sum(batches) FILTER (NOT is_out AND inside), 0) AS batches_in,
  coalesce(sum(succeeded) FILTER (NOT is_out AND inside), 0) AS succeeded_in,
  local_day(max(last_success) FILTER (NOT is_out)) AS last_success_in,
  local_day(max(last_success)) AS last_success_any,
  any_value(l.p50) AS lag_p50, any_value(l.p95) AS lag_p95
FROM day AS d
LEFT JOIN lag AS l ON l.database_id = d.database_id
LEFT JOIN backlog AS b ON b.database_id = d.database_id
GROUP BY d.database_id
ORDER BY d.database_id

-- @statement reconciliations
SELECT database_id, max(last_success) AS last_at, sum(checked) AS checked, coalesce(sum(matched), 0) AS matched, [{mismatch_parts}] AS mismatched
FROM (
  SELECT *, max(day) OVER (PARTITION BY database_id) AS last_day
  FROM named WHERE problem IS NULL AND day >= $start AND checked IS NOT NULL
)
WHERE NOT $latest OR day = last_day
GROUP BY database_id
ORDER BY database_id
