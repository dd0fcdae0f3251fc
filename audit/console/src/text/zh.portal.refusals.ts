// What is wrong with a refused record, and what to mend, by the code of the API.
export const refusals = {
  advice: {
    syntax: { what: '不是完整的 JSON', mend: '检查引号、逗号和括号是否成对；每行一条记录，行内不能换行。' },
    not_utf8: { what: '不是 UTF-8 编码', mend: '导出时选择 UTF-8；GBK 文件须先转码。' },
    duplicate_key: { what: '同一字段出现两次', mend: '每个字段只写一次，字段名一律小写。' },
    unknown_field: { what: '没有这个字段', mend: '对照接口说明核对字段名（小写加下划线），删除多余的字段。' },
    missing: { what: '缺少必填内容', mend: '补上该字段；空文本和 null 视为没有填写。' },
    type: { what: '内容的类型不对', mend: '金额和数量写成文本（"128.50"），级别和天数写整数，是否写 true 或 false。' },
    format: { what: '写法不对', mend: '时间须带时区（2026-10-01T09:00:00+08:00），金额不带逗号，编号只含字母、数字和 . _ : -，个人编号不能是身份证号。' },
    range: { what: '超出允许的取值', mend: '核对代码表中的取值和数值的上下限；金额的正负须与收费或退费相符。' },
    scale: { what: '小数位数过多', mend: '金额最多 2 位，数量 4 位，单价 6 位。' },
    control_char: { what: '含有控制字符', mend: '去掉换行、制表符等不可见字符。' },
    amount_mismatch: { what: '金额与数量乘单价不符', mend: '核对数量、单价和金额；有折扣时按实际单价填写。' },
    time_order: { what: '时间先后颠倒', mend: '结束时间须晚于开始，报告时间不早于检查。' },
    future: { what: '发生时间在将来', mend: '核对时间和服务器时钟；只允许提前 5 分钟以内。' },
    unknown_kind: { what: '没有这种记录', mend: 'kind 须为接口说明所列的种类之一。' },
    too_long: { what: '内容过长', mend: '编号最多 64 个字符，其他文字最多 256 个字符，一行最多 1 MiB。' },
    conflict: { what: '同一记录号的内容不同', mend: '已接收的内容有效。确需更正的，把 revision 加一后重新上传。' },
    identity_changed: { what: '更改了人员或就诊号', mend: '先作废原记录（cancelled 为 true，revision 加一），再用新的记录号上传。' },
    institution_mismatch: { what: '机构编码不是本机构', mend: '去掉 institution_id，或改为本机构编码。' },
    negative_without_reverses: { what: '负数金额没有指明退哪一笔', mend: '退费须在 reverses 中写明原费用的记录号。' },
  },
};
