import { board, choice, consoleAddress, source } from './board.js';
import { named, now, prometheus, range, row, rows, series, stat, table } from './panel.js';

const at = 'instance=~"$instance"';
const rate = (name: string, by: string, which = '') => `sum by (${by}) (rate(${name}{${at}${which}}[$__rate_interval]))`;
const quantile = (q: number, name: string, by = '') => `histogram_quantile(${q}, sum by (le${by ? `, ${by}` : ''}) (rate(${name}_bucket{${at}}[$__rate_interval]))) >= 0`;

export const operations = board({
  uid: 'claimwatch-operations',
  title: '运行 · operations',
  description: 'Each stage by requests, errors and duration; each queue by how full it is and how old what waits; and whether the figures of the other boards are fresh.',
  from: 'now-6h',
  refresh: '30s',
  variables: [source('prometheus'), consoleAddress, choice('instance', '进程 · instance', 'label_values(claimwatch_build_info, instance)', prometheus)],
  panels: [
    row('十秒总览 · in ten seconds'),
    stat({ title: '进程 · processes', low: true, red: 1, yellow: 1, description: 'Processes that answer.' }, now(`count(claimwatch_build_info{${at}})`)),
    stat({ title: '停摆 · halted', yellow: 1, red: 1, description: 'Partitions whose consumer has stopped for good.' }, now(`sum(claimwatch_stream_halted{${at}})`)),
    stat({ title: '积压 · behind', unit: 's', decimals: 0, yellow: 60, red: 300, description: 'Age of the oldest message that no consumer has handled.' }, now(`max(claimwatch_stream_lag_seconds{${at}})`)),
    stat({ title: '上传到疑点 · upload to finding', unit: 's', yellow: 5, red: 60, description: 'Nineteen of twenty findings were written within this time, over the last hour.' },
      now(`histogram_quantile(0.95, sum by (le) (rate(claimwatch_upload_to_finding_seconds_bucket{${at}}[1h])))`)),
    stat({ title: '失败 · failures', unit: 'percentunit', decimals: 2, yellow: 0.001, red: 0.01, description: 'Share of requests answered with 5xx over five minutes.' },
      now(`(sum(rate(claimwatch_http_requests_total{${at}, status=~"5.."}[5m])) or vector(0)) / sum(rate(claimwatch_http_requests_total{${at}}[5m]))`)),
    stat({ title: '最近接收 · last record', unit: 's', decimals: 0, yellow: 1800, red: 7200, description: 'How long ago a record was last received and stored.' }, now('time() - max(claimwatch_newest_upload_timestamp_seconds)')),
    stat({ title: '看板数据 · figures', unit: 's', decimals: 0, yellow: 300, red: 1800, description: 'How old the figures of findings are.' }, now('time() - max(claimwatch_figures_timestamp_seconds)')),
    stat({ title: '账本 · journal forked', yellow: 1, red: 1, description: '1: the journal contradicts a head that was signed before.' }, now(`max(claimwatch_journal_forked{${at}})`)),

    row('接收 · the door'),
    series({ title: '上传 · uploads', unit: 'reqps', description: 'By outcome: accepted, or the code of the refusal.' }, range({ '{{outcome}}': rate('claimwatch_door_uploads_total', 'outcome') })),
    series({ title: '记录 · records', unit: 'ops', description: 'By outcome at the door.' }, range({ '{{outcome}}': rate('claimwatch_door_records_total', 'outcome') })),
    series({ title: '各步耗时 p95 · steps', unit: 's', description: 'admit: waiting for a turn; read; log: the acknowledgement of all replicas; settle.' }, range({ '{{step}}': quantile(0.95, 'claimwatch_door_step_seconds', 'step') })),

    row('入库 · the sink'),
    series({ title: '记录 · records', unit: 'ops', description: 'By outcome: accepted, repeated, duplicate, conflict and so on.' }, range({ '{{outcome}}': rate('claimwatch_sink_records_total', 'outcome') })),
    series({ title: '各步耗时 p95 · steps', unit: 's', description: 'read, judge, insert, publish, commit.' }, range({ '{{step}}': quantile(0.95, 'claimwatch_sink_step_seconds', 'step') })),
    series({ title: '接收到入库 · received to stored', unit: 's', description: 'From the door to the store.' },
      range({ p50: quantile(0.5, 'claimwatch_sink_received_to_stored_seconds'), p95: quantile(0.95, 'claimwatch_sink_received_to_stored_seconds') })),

    row('评估 · the rules'),
    series({ title: '评估 · evaluations', unit: 'ops', description: 'Scopes evaluated and written; of them in the background, and because time made them due.' },
      range({ '全部 · all': rate('claimwatch_evaluations_total', ''), '后台 · background': rate('claimwatch_background_scopes_total', ''), '到期 · due': rate('claimwatch_due_scopes_total', '') })),
    series({ title: '批次耗时 p95 · batches', unit: 's', description: 'By step.' }, range({ '{{step}}': quantile(0.95, 'claimwatch_evaluation_seconds', 'step') })),
    series({ title: '上传到疑点 · upload to finding', unit: 's', description: 'From reception to findings written; and the oldest record in evaluation now.' },
      range({ p50: quantile(0.5, 'claimwatch_upload_to_finding_seconds'), p95: quantile(0.95, 'claimwatch_upload_to_finding_seconds'), '最老 · oldest': `max(claimwatch_oldest_unevaluated_seconds{${at}})` })),
    series({ title: '规则失败 · rules that fail', unit: 'ops', description: 'By rule; the others go on.' }, range({ '{{rule}}': `topk(10, ${rate('claimwatch_rule_errors_total', 'rule')})` })),

    row('账本与接口 · journal and API'),
    series({ title: '命令 · commands', unit: 'ops', description: 'Read from the journal topic, by outcome. Each process reads all of them, so the greatest is shown.' },
      range({ '{{outcome}}': `max by (outcome) (sum by (instance, outcome) (rate(claimwatch_journal_commands_total{${at}}[$__rate_interval])))` })),
    series({ title: '应答 p95 · answer', unit: 's', description: 'From producing a command to its answer.' }, range({ p95: quantile(0.95, 'claimwatch_journal_answer_seconds') })),
    series({ title: '视图 · views', description: 'Entries whose views are not written yet, and heads that are not signed yet.' },
      range({ '视图 · views': `max(claimwatch_journal_views_behind{${at}})`, '签名 · unsigned': `clamp_min(max(claimwatch_journal_entries{${at}}) - max(claimwatch_journal_signed_entries{${at}}), 0)` })),
    series({ title: '请求 · requests', unit: 'reqps', description: 'By route, the ten busiest.' }, range({ '{{route}}': `topk(10, ${rate('claimwatch_http_requests_total', 'route')})` })),
    series({ title: '请求失败 · failures', unit: 'reqps', description: 'Answered with 5xx, by route.' }, range({ '{{route}}': `${rate('claimwatch_http_requests_total', 'route', ', status=~"5.."')} or vector(0)` })),
    series({ title: '请求耗时 p95 · duration', unit: 's', description: 'By route, the ten slowest.' }, range({ '{{route}}': `topk(10, ${quantile(0.95, 'claimwatch_http_request_seconds', 'route')})` })),

    row('队列 · queues'),
    table({
      title: '积压 · consumers', width: 12, sortBy: 'Value #B', description: 'What consumer groups have not handled, over all their members.',
      columns: {
        topic: { name: '主题 · topic' }, group: { name: '消费组 · group' }, 'Value #A': { name: '消息 · messages', yellow: 1000, red: 100000 },
        'Value #B': { name: '最老 · oldest', unit: 's', yellow: 60, red: 300 }, 'Value #C': { name: '预取 · buffered', unit: 'bytes' },
      },
    }, rows(
      `sum by (topic, group) (claimwatch_stream_lag_messages{${at}})`, `max by (topic, group) (claimwatch_stream_lag_seconds{${at}})`,
      `sum by (topic, group) (claimwatch_stream_buffered_bytes{${at}})`,
    )),
    series({ title: '积压 · behind', unit: 's', width: 12, height: 9, description: 'Age of the oldest message that is not handled.' }, range({ '{{topic}} {{group}}': `max by (topic, group) (claimwatch_stream_lag_seconds{${at}})` })),
    series({ title: '接收占用 · the door', unit: 'percentunit', max: 1, description: 'What uploads under way hold of what they may: memory, bytes to the log, workers.' },
      range({ '{{of}}': `max by (of) (claimwatch_door_in_use{${at}} / claimwatch_door_limit{${at}})` })),
    series({ title: '等待 · waiting', description: 'Uploads that wait for a turn, atomic uploads whose last chunk has not come, and listeners of the live stream.' },
      range({ '{{of}}': `sum by (of) (claimwatch_door_waiting{${at}})`, '原子上传 · held': `sum(claimwatch_sink_held_uploads{${at}})`, '监听 · listeners': `sum(claimwatch_stream_listeners{${at}})` })),
    series({ title: '写日志 · to the log', unit: 'bytes', description: 'Bytes on the way to the log.' }, range({ '{{topic}}': `sum by (topic) (claimwatch_stream_write_in_flight_bytes{${at}})` })),
    series({ title: '重试与失败 · retries and failures', unit: 'ops', description: 'Batches given back, fetches and writes that failed, readers replaced.' },
      range({
        '重试 · retries': rate('claimwatch_stream_batch_retries_total', ''), '读取 · fetch': rate('claimwatch_stream_fetch_errors_total', ''),
        '写入 · write': rate('claimwatch_stream_write_errors_total', ''), '更换 · restarts': rate('claimwatch_stream_reader_restarts_total', ''),
      })),
    series({ title: '隔离 · quarantine', unit: 'ops', description: 'Refused records by code.' }, range({ '{{code}}': `${rate('claimwatch_quarantine_items_total', 'code')} or vector(0)` })),
    series({ title: '登录 · sign-ins', unit: 'ops', description: 'passed, refused, delayed: who guesses is delayed.' }, range({ '{{outcome}}': rate('claimwatch_sign_ins_total', 'outcome') })),

    row('进程 · processes'),
    table({
      title: '进程 · processes', width: 12, description: 'Versions that run beside each other are a deployment under way, or one that stopped half-way.',
      columns: {
        instance: { name: '进程 · instance' }, version: { name: '版本 · version' }, 'Value #A': { hide: true }, 'Value #B': { name: '运行 · up', unit: 's' },
        'Value #C': { name: '内存 · memory', unit: 'bytes' }, 'Value #D': { name: 'CPU', unit: 'percentunit' }, 'Value #E': { name: 'goroutines' },
      },
    }, rows(
      `max by (instance, version) (claimwatch_build_info{${at}})`, `time() - max by (instance) (process_start_time_seconds{${at}} and on (instance) claimwatch_build_info)`,
      `max by (instance) (process_resident_memory_bytes{${at}} and on (instance) claimwatch_build_info)`,
      `max by (instance) (rate(process_cpu_seconds_total{${at}}[5m]) and on (instance) claimwatch_build_info)`, `max by (instance) (go_goroutines{${at}} and on (instance) claimwatch_build_info)`,
    )),
    series({ title: 'CPU', unit: 'percentunit', width: 6, height: 9, description: '1 is one processor.' }, range({ '{{instance}}': `rate(process_cpu_seconds_total{${at}}[$__rate_interval]) and on (instance) claimwatch_build_info` })),
    series({ title: '内存 · memory', unit: 'bytes', width: 6, height: 9, description: 'Resident; the embedded engine is in it.' }, range({ '{{instance}}': `process_resident_memory_bytes{${at}} and on (instance) claimwatch_build_info` })),
    stat({ title: '时钟 · clock behind', unit: 's', decimals: 0, width: 6, description: 'How far the product\'s clock lies behind: with the wall clock nothing, with the event clock how old the latest event is.' },
      now('clamp_min(time() - max(claimwatch_clock_timestamp_seconds), 0)')),
    stat({ title: '计数耗时 · counting', unit: 's', width: 6, yellow: 5, red: 60, description: 'How long it takes to count the figures of findings; twenty times that is how often at the most.' }, named({ s: 'max(claimwatch_figures_seconds)' })),
  ],
});
