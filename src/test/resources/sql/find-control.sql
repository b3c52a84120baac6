-- A control: RouteFilesTest proves that a call of direct:sql-find-control is answered by this file.
select 1;
