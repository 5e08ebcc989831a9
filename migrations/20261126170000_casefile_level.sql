-- +goose Up

-- The filing level (建档标准) follows from the category and is not asked any more. What was picked for a registration that
-- nobody handed in or printed was a draft's answer; what a version holds stays as it was said.
UPDATE casefile_particular p SET level = ''
WHERE p.level <> '' AND NOT EXISTS (SELECT FROM casefile_version v WHERE v.file_id = p.file_id);
