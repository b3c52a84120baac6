// @ts-check
/**
 * Every screen and its address. One with an icon stands in the navigation, in this order; each loads when it is first
 * gone to. A new first segment is entered in PageDoor.java too.
 * @type {import('./core/router.js').Screen[]}
 */
export const screens = [
  {
    path: '/',
    tag: 't-command-center',
    title: 'Command center',
    icon: 'layout-dashboard',
    key: 'c',
    load: () => import('./screens/command-center.js'),
  },
  { path: '/deals', tag: 't-deals', title: 'Deals', icon: 'list', key: 'd', load: () => import('./screens/deals.js') },
  { path: '/deals/:id', tag: 't-deal', title: 'Deal', load: () => import('./screens/deal.js') },
  { path: '/leads', tag: 't-leads', title: 'Leads', icon: 'users-round', key: 'l', load: () => import('./screens/leads.js') },
  { path: '/forecast', tag: 't-forecast', title: 'Forecast', icon: 'trending-up', key: 'f', load: () => import('./screens/forecast.js') },
  { path: '/tasks', tag: 't-tasks', title: 'Tasks', icon: 'list-checks', key: 't', load: () => import('./screens/tasks.js') },
  { path: '/add', tag: 't-add', title: 'Add deals', icon: 'plus', key: 'a', load: () => import('./screens/add.js') },
  { path: '/quarantine', tag: 't-quarantine', title: 'Quarantine', icon: 'inbox', key: 'q', load: () => import('./screens/quarantine.js') },
  { path: '/duplicates', tag: 't-duplicates', title: 'Duplicates', icon: 'copy-check', key: 'u', load: () => import('./screens/duplicates.js') },
  { path: '/imports', tag: 't-imports', title: 'Imports', icon: 'file-up', key: 'i', load: () => import('./screens/imports.js') },
  { path: '/imports/:id', tag: 't-import', title: 'Import', load: () => import('./screens/import.js') },
  { path: '/sources', tag: 't-sources', title: 'Sources', icon: 'plug', key: 's', load: () => import('./screens/sources.js') },
  { path: '/activity', tag: 't-activity', title: 'Activity', icon: 'activity', key: 'v', load: () => import('./screens/activity.js') },
  { path: '/audit', tag: 't-audit', title: 'Audit log', load: () => import('./screens/activity.js') },
  { path: '/settings', tag: 't-settings', title: 'Settings', icon: 'settings', key: ',', scope: 'admin', load: () => import('./screens/settings.js') },
  { path: '/add/:tab', tag: 't-add', title: 'Add deals', load: () => import('./screens/add.js') },
];
