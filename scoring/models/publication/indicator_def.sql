-- @title Indicators with their weights and the weakest grade that is believed
SELECT i.indicator::VARCHAR AS indicator, i.pillar::VARCHAR AS pillar, i.weight::INTEGER AS weight, i.believe_from::VARCHAR AS believe_from, i.confirmable::BOOLEAN AS confirmable, p.weight::INTEGER AS pillar_weight
FROM raw.indicator AS i
JOIN raw.pillar AS p ON p.pillar = i.pillar
ORDER BY i.position
