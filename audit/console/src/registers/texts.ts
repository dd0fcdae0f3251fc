import { areaTexts } from '../text/area';
import { codes as enCodes } from '../text/en.codes';
import { registers as en } from '../text/en.registers';
import { tables as enTables } from '../text/en.tables';
import { codes as zhCodes } from '../text/zh.codes';
import { registers as zh } from '../text/zh.registers';
import { tables as zhTables } from '../text/zh.tables';

export const useRegisters = areaTexts({ zh, en });

// useCodes gives codes of the API in words.
export const useCodes = areaTexts({ zh: zhCodes, en: enCodes });

// useTables names tables, columns and the words in their cells.
export const useTables = areaTexts({ zh: zhTables, en: enTables });
