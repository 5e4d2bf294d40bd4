"""Which words may not be in a Chinese catalogue, and which need not be Chinese."""

import re

from landscapes import LANDSCAPES
from landscapes.formula.functions import FUNCTIONS
from optimizers import PLANS, RULES
from pages.shared.state.link import KNOWN
from pages.shared.state.view_params import BESIDE

ELSEWHERE = {  # by language, words of the other side of the strait
    "zh-Hant": re.compile(
        "優化|噪聲|信息|默認|鏈接|視頻|代碼|文件|軟件|硬件|程序|服務器|網絡|回歸|正態|數據|(?<!改)變量|方差|單元格|屏幕|"
        "打印|保存|滑塊|批量|激活|過擬合|(?<!平)均值|加載|調用|兼容|缺省|界面|用戶|搜索|字符|字節|全局|拖動|(?<!演)算法|"
        "實時|鼠標|內存|導出|導入|二維碼|拐點|舍入|賦值|隊列|線程|進程|接口|矢量|閾值|對象|粘貼|撤銷|全屏|坐標|自變量|打開|"
        "查看|示例|識別|調優|最優|歸一化|概率|似然|隨機遊走|端口|菜單|標籤頁|鏈式法則|最小二乘|光標|分辨率|數組(?!成)|"
        "文本|條目|腳本|剪貼板|當前|標量|運行|添加|緩存|響應|登錄|圖標"
    ),
    "zh-Hans": re.compile(
        "最佳化|杂讯|资料|档案|连结|预设|程式|滑杆|网路|萤幕|储存|变异数|介面|使用者|搜寻|字元|位元组|全域|演算法|滑鼠|"
        "记忆体|汇出|汇入|复原|剪贴簿|伺服器|支援|乱数|拖曳|机率|列印|回圈|座标|常态|反曲点|影片|档名|字型|游标|解析度|"
        "软体|硬体|资讯|讯息|讯号|执行绪|函式|变数|物件|视窗|阵列|串列|指派|连锁律|概似|最小平方|随机漫步|位障|训练周期|"
        "过度拟合|正规化|资料夹|检视|选单|图示|电脑|透过|量测"
    ),
}
SHARED = re.compile(
    "[后几于云余范采并征与体万机愿蒙虫党厂宁据]|[這那哪谷]里|里[的，。；：]"
)  # simplified, and yet known to Big5
WRITTEN = [
    *(named.name for named in (*RULES.values(), *PLANS.values())),
    *(make().name for make in LANDSCAPES.values()),
    "Armijo Huber LaTeX Lanczos Lee LossLandscape Ng NumPy Polyak PyTorch Python Wolfe JavaScript Transformer",
    "Leaky ReLU Softmax Sigmoid sigmoid Softplus softmax logit QR Code Parquet Latin Mac Roman Windows Big",
    "Hubble Proc Natl Acad Sci pnas doi Mpc Forbes Trans Soc Edinburgh Galton Anthropol Inst HistData vcd",
    "Liu On the variance of the adaptive learning rate and beyond",
    "Fall Line vᵀHv tr Shift Enter",
    "Playfair A Letter on our Agricultural Distresses",
    # typed by a person: in a formula, in a rule, in a link, in a file
    *(*FUNCTIONS, *KNOWN, *BESIDE),
    "pi max min sum norm sinc where if else identity inverse gradient value hessian float lr np math Hd xy True",
    "numpy savez_compressed h5py xcoordinates ycoordinates train_loss loss_grid_2d",
    "fall_line_recorder.py points.csv run.npz",
    "title explore landscape saddle hidden grid ring mapped map lang starts",
]
NAMES = set(re.findall("[A-Za-z]{2,}", " ".join(WRITTEN)))
