import { areaTexts } from '../text/area';
import { faults as enFaults } from '../text/en.faults';
import { registers as en } from '../text/en.registers';
import { faults as zhFaults } from '../text/zh.faults';
import { registers as zh } from '../text/zh.registers';

export const useRegisters = areaTexts({ zh, en });

// useFaults gives codes of the API in words.
export const useFaults = areaTexts({ zh: zhFaults, en: enFaults });
