import { areaTexts } from '../text/area';
import { money as en } from '../text/en.money';
import { money as zh } from '../text/zh.money';

export const useMoney = areaTexts({ zh, en });
