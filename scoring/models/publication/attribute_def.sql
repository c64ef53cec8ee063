-- @title What an observation may speak of
SELECT a.attribute::VARCHAR AS attribute, a.attribute_group::VARCHAR AS attribute_group, a.type::VARCHAR AS type, a.scale::VARCHAR AS scale, a.age_said::INTEGER AS age_said_days, a.age_measured::INTEGER AS age_measured_days
FROM raw.attribute AS a
ORDER BY a.position
