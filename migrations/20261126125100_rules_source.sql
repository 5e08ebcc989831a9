-- +goose Up

-- What came with the program named its sources in the words of a note. They are named as a reader finds them: the document, its
-- number and its article where one was published, and otherwise that the number is the program's own. Only what came with the
-- program is written anew: it has the old words, nobody entered it, or it holds from a day that nobody can enter.
UPDATE eligibility_rule r SET source = t.source
FROM (VALUES
    ('company', '公司困难职工帮扶规定：特困、贫困两级；“略高于低保线”按 1.5 倍读',
     '《困难职工帮扶中心管理办法》第十三条（分贫困、特困两级）；收入界限该办法没有写明，低保标准及其 1.5 倍是本系统默认值'),
    ('allowance_status', '全国工会帮扶工作管理系统（2016 年以前的类别）',
     '全国工会帮扶工作管理系统 2016 年以前的困难类别；“低保线以上”到低保标准的 1.5 倍，是本系统默认值'),
    ('allowance_edge_accident', '总工办发〔2016〕36号及各地实施意见',
     '《困难职工档案管理办法》（总工办发〔2016〕36号）；倍数参照各地公布的全国级档案认定标准，人均住房面积 12 平方米是本系统默认值'),
    ('severe_relative_accident', '各地困难职工认定标准；说法不一处从严',
     '没有公开的全国统一文本，本系统默认值：深度困难、相对困难和支出比例参照青岛市困难职工自测标准，意外致困上限参照高邮市 2023 年申报条件，各地不一处从严')
) AS t (generation, old, source)
WHERE r.generation = t.generation AND r.source = t.old AND r.entered_by IS NULL;

UPDATE visit_rule SET source = '没有统一规定，本系统默认值；可由系统管理员增加新规则'
WHERE from_on = '2000-01-01' AND source = '帮扶中心可能只有三个岗位';

UPDATE comparison_rule SET source = '没有统一规定，本系统默认值；可由系统管理员增加新规则'
WHERE from_on = '2000-01-01' AND source = '多数地方没有要求建档前比对';

UPDATE exit_rule SET source = '连续六个月高于低保标准参照江苏省 2019 年的做法；公示和回访没有统一规定，是本系统默认值；可由系统管理员增加新规则'
WHERE from_on = '2000-01-01' AND source = '连续六个月家庭人均收入高于低保标准；撤档后回访三次';

UPDATE review_training SET source = '50 岁以下困难职工、零就业家庭子女参照木垒县 2008 年的做法；16 周岁是本系统默认值；可由系统管理员增加新规则'
WHERE from_on = '2000-01-01' AND source = '帮扶中心培训办法：50岁以下的困难职工、零就业家庭的子女';

UPDATE grant_terms g SET source = t.source
FROM (VALUES
    ('帮扶中心规则第二十六条、第二十八条', '《困难职工帮扶中心管理办法》第二十六条、第二十八条；单次最高金额该办法没有写明，是本系统默认值'),
    ('帮扶中心规则第三十条', '《困难职工帮扶中心管理办法》第三十条'),
    ('帮扶中心规则第二十九条', '《困难职工帮扶中心管理办法》第二十九条')
) AS t (old, source)
WHERE g.from_on = '2000-01-01' AND g.source = t.old AND g.made_by IS NULL;

UPDATE grant_tier SET source = '《困难职工帮扶中心管理办法》第二十六条'
WHERE lower(holds) = '2000-01-01' AND source = '帮扶中心规则第二十六条';
