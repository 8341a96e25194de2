/** Functions and procedures of databases that reach beyond the data. Data, read by `statement-reader.ts`. */

/** What becomes of the texts handed in. `first` ones are used, the others ignored, unless the role says otherwise. */
export type FunctionUse =
  | 'read'
  | 'write'
  /** The last text is a file that is written. */
  | 'write-last'
  | 'address'
  | 'shell'
  | 'cmd'
  | 'sql'
  | 'code'
  | 'registry-write'
  | 'registry-read'
  | 'grant'
  | 'send'
  | 'configure'
  | 'listen'

const ROWS: readonly (readonly [use: FunctionUse, names: string])[] = [
  [
    'read',
    'pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file lo_import load_file readfile fileio_read xp_fileexist read_csv read_csv_auto read_parquet read_json read_json_auto read_text read_blob parquet_scan sniff_csv glob file infile bfilename xp_subdirs xp_dirtree xp_readerrorlog utl_file.fopen dbms_lob.fileopen lsdir',
  ],
  ['write', 'writefile pg_file_write pg_file_unlink pg_file_rename dbms_xslprocessor.clob2file xp_create_subdir xp_delete_file'],
  ['write-last', 'lo_export'],
  [
    'address',
    'dblink dblink_connect dblink_exec dblink_send_query http http_get http_post http_put http_delete http_head net.http_get net.http_post utl_http.request utl_http.begin_request httpuritype utl_inaddr.get_host_address utl_tcp.open_connection utl_smtp.open_connection dbms_ldap.init url urlcluster remote remotesecure s3 s3cluster gcs hdfs azureblobstorage mysql postgresql mongodb redis openrowset opendatasource openquery http_request curl_get aws_s3.query_export_to_s3 aws_s3.table_import_from_s3 postgres_scan mysql_scan sqlite_scan iceberg_scan delta_scan',
  ],
  ['shell', 'sys_exec sys_eval sys_bineval shell system shell_exec executable java_exec dbms_scheduler.create_job'],
  ['cmd', 'xp_cmdshell xp_terminate_process'],
  [
    'sql',
    'sp_executesql query_to_xml query_to_json xpath_table crosstab sp_executeexternalscript exec_sql query dbms_sql.parse dbms_utility.exec_ddl_statement',
  ],
  [
    'code',
    'load_extension sp_oacreate sp_oamethod sp_addextendedproc sp_execute_external_script dbms_java.runjava dbms_java_test.funcall createfunctionfromlibrary sp_start_job sp_add_job sp_add_jobstep cron.schedule',
  ],
  ['registry-write', 'xp_regwrite xp_regdeletekey xp_regdeletevalue xp_instance_regwrite'],
  ['registry-read', 'xp_regread xp_regenumvalues xp_instance_regread'],
  [
    'grant',
    'sp_addlogin sp_addsrvrolemember sp_addrolemember sp_adduser sp_grantlogin sp_password sp_change_users_login sp_grantdbaccess dbms_network_acl_admin.create_acl',
  ],
  ['send', 'sp_send_dbmail utl_mail.send apex_mail.send xp_sendmail'],
  [
    'configure',
    'sp_configure pg_reload_conf pg_rotate_logfile pg_terminate_backend pg_cancel_backend pg_promote set_config_file xp_servicecontrol pg_switch_wal sp_serveroption sp_addlinkedserver',
  ],
]

/** By lower-case name, with its schema only where the name alone says too little. */
export const FUNCTIONS: ReadonlyMap<string, FunctionUse> = new Map(
  ROWS.flatMap(([use, names]) => names.split(' ').map((name) => [name, use] as const)),
)

/** Functions with names so ordinary that they count only as the source of a table. */
export const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(
  'file url remote s3 gcs hdfs mysql postgresql mongodb redis executable query glob http shell system'.split(' '),
)

/** Tables that hold passwords and keys. */
export const SECRET_TABLES =
  /^(?:pg_catalog\.)?(?:pg_shadow|pg_authid|pg_user_mapping|pg_user_mappings)$|^mysql\.(?:user|global_priv|proxies_priv)$|^(?:master\.)?(?:sys|dbo)\.(?:sql_logins|syslogins|sysxlogins|credentials)$|^(?:sys\.)?(?:user\$|dba_users)$|^vault\.(?:secrets|decrypted_secrets)$/
