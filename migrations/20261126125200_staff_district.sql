-- +goose Up

-- The name of a district 行政区划, for people who know it by name: what the highest federation of the district is called before
-- 总工会 (青石县总工会困难职工帮扶中心 lies in 青石县). It is blank when no federation lies there; the union of an enterprise does
-- not name a district.
CREATE INDEX staff_org_district ON staff_org (district, path) WHERE level <> 'unit';
-- +goose StatementBegin
CREATE FUNCTION staff_district(place text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT split_part(o.name, '总工会', 1) FROM staff_org o
        WHERE o.district = place AND o.level <> 'unit' AND o.name LIKE '_%总工会%' ORDER BY length(o.path), o.path LIMIT 1), '')
$$;
-- +goose StatementEnd
