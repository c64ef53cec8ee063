-- @title What is sent to a database besides the operator's own queries; {query}, {name} and {path} are filled in, names and paths quoted

-- @statement begin
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY

-- @statement limits
SELECT
  set_config('statement_timeout', $1, true),
  set_config('lock_timeout', $2, true),
  set_config('idle_in_transaction_session_timeout', $3, true),
  set_config('TimeZone', 'UTC', true),
  set_config('DateStyle', 'ISO, YMD', true),
  current_setting('is_superuser')

-- @statement mark
SAVEPOINT question

-- @statement back
ROLLBACK TO SAVEPOINT question

-- @statement end
ROLLBACK

-- @statement reached
SELECT 1 AS reached

-- @statement answer
SELECT * FROM (
{query}
) AS answer LIMIT 2

-- @statement describe
DESCRIBE SELECT * FROM (
{query}
) AS answer LIMIT 2

-- @statement csv
CREATE VIEW {name} AS SELECT * FROM read_csv({path}, header = true, all_varchar = true)

-- @statement parquet
CREATE VIEW {name} AS SELECT * FROM read_parquet({path})

-- @statement json
CREATE VIEW {name} AS SELECT * FROM read_json({path})

-- @statement duckdb
ATTACH {path} AS {name} (READ_ONLY)
