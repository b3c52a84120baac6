-- An index that holds a counted column makes every count of every row a new entry in each index of the table, also for
-- rows that are not in it. A workspace has few enough reasons to be sorted when they are asked for.
drop index deal_tally_by_reason;
