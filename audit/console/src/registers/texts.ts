import { areaTexts } from '../text/area';
import { faults as enFaults } from '../text/en.faults';
import { registers as en } from '../text/en.registers';
import { tables as enTables } from '../text/en.tables';
import { faults as zhFaults } from '../text/zh.faults';
import { registers as zh } from '../text/zh.registers';
import { tables as zhTables } from '../text/zh.tables';

export const useRegisters = areaTexts({ zh, en });

// useFaults gives codes of the API in words.
export const useFaults = areaTexts({ zh: zhFaults, en: enFaults });

// useTables names tables, columns and the words in their cells.
export const useTables = areaTexts({ zh: zhTables, en: enTables });
