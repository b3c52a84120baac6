-- The trend of engagements does not recover while nothing happens any more, which can change the score of these.
alter table deal no force row level security;
update deal set rescore_on = current_date
where rescore_on is not null and cardinality(engaged_on) > 0;
alter table deal force row level security;
